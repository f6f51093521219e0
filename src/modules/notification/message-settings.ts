/** What applies to all messages: when nobody is disturbed, how long news waits for more news, which channel reaches whoever has chosen none. */
import type { Ctx } from '#platform/ctx.ts'
import { sql } from '#platform/db/db.ts'
import type { Channel } from '#platform/messaging/provider.ts'
import type { QuietHours } from './quiet-hours.ts'

/** `window` in minutes; `channels` in this order, the first that reaches the person. */
export type MessageSettings = { readonly quiet: QuietHours; readonly window: number; readonly channels: readonly Channel[] }

/** 21:00–07:00, five minutes; an e-mail costs nothing, an SMS reaches nearly everybody. None of it is law. */
const DEFAULT: MessageSettings = { quiet: { from: 21 * 60, to: 7 * 60 }, window: 5, channels: ['email', 'sms', 'app'] }

/** QUERY. Nothing personal: no permission is asked. */
export const getMessageSettings = async (ctx: Ctx): Promise<MessageSettings> => {
  const { rows } = await sql<{ from: number; to: number; window: number; channels: readonly Channel[] }>`/* prepared */
    select quiet_from as from, quiet_to as to, window_minutes as window, channels from notification.setting`.execute(ctx.db)
  const row = rows[0]
  return row === undefined ? DEFAULT : { quiet: { from: row.from, to: row.to }, window: row.window, channels: row.channels }
}
