import { describe, expect, it } from 'vitest'
import { sha256 } from '#kernel/digest.ts'
import { merkleTree } from './merkle.ts'

/** RFC 6962 §2.1 word by word: split at the largest power of two below the number of leaves. */
const byDefinition = (leaves: readonly string[]): Buffer => {
  if (leaves.length === 0) return sha256('')
  if (leaves.length === 1) return sha256(Buffer.from([0]), leaves[0] ?? '')
  let k = 1
  while (k * 2 < leaves.length) k *= 2
  return sha256(Buffer.from([1]), byDefinition(leaves.slice(0, k)), byDefinition(leaves.slice(k)))
}

describe('the Merkle root (RFC 6962 §2.1)', () => {
  it('built leaf by leaf equals the definition, for every number of leaves up to 70', () => {
    const leaves = Array.from({ length: 70 }, (_, i) => `leaf ${i}`)
    const tree = merkleTree()
    expect(tree.root()).toEqual(byDefinition([]))
    for (const [i, leaf] of leaves.entries()) {
      tree.add(leaf)
      expect(tree.count()).toBe(i + 1)
      expect(tree.root()).toEqual(byDefinition(leaves.slice(0, i + 1)))
    }
  })

  it('of one empty leaf is the known value', () => {
    const tree = merkleTree()
    tree.add('')
    expect(tree.root().toString('hex')).toBe('6e340b9cffb37a989ca544e6bb780a2c78901d3fb33738768511a30617afa01d')
  })
})
