/** What `db/types.ts` (generated) calls the columns whose parsers are ours: see `pool.ts`. */
import type { ColumnType } from 'kysely'
import type { Instant } from '#kernel/plain-date.ts'

export type { Json as JsonColumn } from '#kernel/digest.ts'

/** `timestamptz`: read as integer milliseconds, written as ISO text. */
export type Moment = ColumnType<Instant, string | Date, string | Date>
/** `int8`: read as a safe integer. */
export type BigInteger = ColumnType<number, number | string | bigint, number | string | bigint>
