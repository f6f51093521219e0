/** Chance, which a demo may have again: the same seed, the same ids and salts. Production never asks for that. */
import { AsyncLocalStorage } from 'node:async_hooks'
import { createHash, randomBytes } from 'node:crypto'

const seeded = new AsyncLocalStorage<{ readonly seed: string; n: number }>()

/** Unguessable, unless inside `reproducibly`. */
export const chanceBytes = (length: number): Buffer => {
  const source = seeded.getStore()
  if (source === undefined) return randomBytes(length)
  source.n += 1
  return createHash('sha256').update(`${source.seed} ${source.n}`).digest().subarray(0, length)
}

/**
 * Everything that `work` leaves to chance comes out the same from the same seed, as long as it asks in the same order. For the founding of a demo alone:
 * its salts can be guessed.
 */
export const reproducibly = <T>(seed: string, work: () => Promise<T>): Promise<T> => seeded.run({ seed, n: 0 }, work)
