import type { Ctx } from '#platform/ctx.ts'
import { sql } from '#platform/db/db.ts'

/** The simulated clock jumped: whoever is signed in has not been away. Inside the transaction that moves it. @param ms how far */
export const prolongSessions = async (ctx: Ctx, ms: number): Promise<void> => {
  if (!ctx.db.isTransaction) throw new Error('prolongSessions outside a transaction')
  const jump = `${ms} milliseconds`
  await sql`update access.session set updated_at = updated_at + ${jump}::interval, expires_at = expires_at + ${jump}::interval`.execute(ctx.db)
}
