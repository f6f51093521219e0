/** What an exception means to the one who asked (architecture §8). */
import { ZodError } from 'zod'
import { Forbidden, NotFound, Stale } from '#kernel/errors.ts'

export type FailureStatus = 403 | 404 | 409 | 413 | 422 | 500 | 503

const DEAD_DATABASE = new Set(['ECONNREFUSED', 'ECONNRESET', 'EPIPE', 'ETIMEDOUT', '57P01', '57P02', '57P03', '53100', '53300', '08000', '08001', '08003', '08004', '08006'])

/** Text that no database keeps: a NUL, half a character. Browsers never send it. */
const UNKEEPABLE = new Set(['22021', '22P05'])

/** Two changed the same rows in the same moment, and the database let one of them go on. Nothing was recorded for the other: asking again will do. */
const COLLIDED = new Set(['40P01', '40001'])

const codeOf = (error: unknown): string => (error !== null && typeof error === 'object' && 'code' in error && typeof error.code === 'string' ? error.code : '')

const isDatabaseGone = (error: unknown): boolean => {
  if (DEAD_DATABASE.has(codeOf(error))) return true
  if (error instanceof AggregateError) return error.errors.some(isDatabaseGone)
  return error instanceof Error && /Connection terminated|timeout exceeded when trying to connect|Client has encountered a connection error/.test(error.message)
}

export const statusOf = (error: unknown): FailureStatus => {
  if (error instanceof Forbidden) return 403
  if (error instanceof NotFound) return 404
  if (error instanceof Stale || COLLIDED.has(codeOf(error))) return 409
  if (error instanceof ZodError || UNKEEPABLE.has(codeOf(error))) return 422
  if (error instanceof Error && error.name === 'TooLarge') return 413
  return isDatabaseGone(error) ? 503 : 500
}
