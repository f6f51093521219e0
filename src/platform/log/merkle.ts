/** PURE. Merkle tree hash as in RFC 6962 §2.1, built leaf by leaf in memory that grows with the logarithm of their number. */
import { sha256 } from '#kernel/digest.ts'

/** Leaf and node are told apart by their first byte, so that no node can be passed off as a leaf. */
const LEAF = Buffer.from([0])
const NODE = Buffer.from([1])

export type MerkleTree = {
  readonly add: (leaf: string) => void
  readonly count: () => number
  /** Of the leaves so far; the hash of nothing when there are none. */
  readonly root: () => Buffer
}

export const merkleTree = (): MerkleTree => {
  // One root per complete subtree, the largest first: their sizes are the binary digits of `count`.
  const subtrees: Buffer[] = []
  let count = 0
  return {
    add: (leaf) => {
      let hash = sha256(LEAF, leaf)
      for (let n = count; n % 2 === 1; n = (n - 1) / 2) hash = sha256(NODE, subtrees.pop() ?? LEAF, hash)
      subtrees.push(hash)
      count += 1
    },
    count: () => count,
    root: () => {
      let root: Buffer | undefined
      for (const subtree of subtrees.toReversed()) root = root === undefined ? subtree : sha256(NODE, subtree, root)
      return root ?? sha256('')
    },
  }
}
