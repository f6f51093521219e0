import { describe, expect, it } from 'vitest'
import { diffLines } from './compare-revisions.ts'

const shown = (before: readonly string[], after: readonly string[]) => diffLines(before, after).map((l) => `${{ same: ' ', removed: '-', added: '+' }[l.kind]}${l.text}`)

describe('comparing two revisions line by line', () => {
  it('a changed line goes and comes at its place', () => expect(shown(['a', 'b', 'c'], ['a', 'x', 'c'])).toEqual([' a', '-b', '+x', ' c']))
  it('only what is new is added', () => expect(shown(['a', 'c'], ['a', 'b', 'c', 'd'])).toEqual([' a', '+b', ' c', '+d']))
  it('from nothing, to nothing, and nothing changed', () => {
    expect(shown([], ['a'])).toEqual(['+a'])
    expect(shown(['a'], [])).toEqual(['-a'])
    expect(shown(['a'], ['a'])).toEqual([' a'])
  })
})
