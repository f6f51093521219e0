import { CompiledQuery, type Kysely, type Transaction, sql } from 'kysely'
import type { Ctx } from '../ctx.ts'
import type { DB } from '../../../db/types.ts'

/** Every query goes through Kysely: its builder, or its `sql` tag where plain SQL reads better. */
export type Db = Kysely<DB>

/**
 * Runs `work` in one transaction. The callback's ctx *is* the transaction: shadow the name, so that the root cannot be reached.
 * Calling it inside a transaction is a bug and throws: a command owns its transaction.
 */
export const inTx = <T>(ctx: Ctx, work: (ctx: Ctx) => Promise<T>): Promise<T> => {
  if (ctx.db.isTransaction) throw new Error('inTx inside a transaction')
  return ctx.db.transaction().execute((tx: Transaction<DB>) => work({ ...ctx, db: tx }))
}

export { CompiledQuery, sql }
