import { describe, expect, it } from 'vitest'
import { testDb } from '#test/db.ts'
import { inTx } from './db/db.ts'
import { keepWhile } from './versions.ts'

const { ctx } = await testDb()

describe('what is kept while its version stands', () => {
  it('is read once for all who ask at the same moment, and again when it was not to be had', async () => {
    const kites = keepWhile<number>(10, 'catalogue')
    let reads = 0
    const read = async () => {
      reads += 1
      await new Promise((resolve) => setTimeout(resolve, 20))
      if (reads === 1) throw new Error('no wind')
      return reads
    }
    await expect(kites(ctx(), 'a', read)).rejects.toThrow('no wind')
    expect(await Promise.all([kites(ctx(), 'a', read), kites(ctx(), 'a', read)])).toEqual([2, 2])
    expect(await kites(ctx(), 'a', read)).toBe(2)
    expect(reads).toBe(2)
  })

  it('no transaction waits for a reading outside: that one may be waiting for the connection which the transaction holds', async () => {
    const kites = keepWhile<string>(10, 'catalogue')
    const { promise: under, resolve: begun } = Promise.withResolvers<void>()
    const { promise: answer, resolve: arrive } = Promise.withResolvers<string>()
    const outside = kites(ctx(), 'a', () => {
      begun()
      return answer
    })
    await under
    expect(await inTx(ctx(), (tx) => kites(tx, 'a', async () => 'inside'))).toBe('inside')
    arrive('outside')
    expect(await outside).toBe('outside')
  })
})
