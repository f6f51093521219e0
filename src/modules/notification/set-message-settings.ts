import { z } from 'zod'
import { type Uuid, isUuid, uuid } from '#kernel/ids.ts'
import type { Result } from '#kernel/result.ts'
import { authorise } from '#modules/access'
import type { Ctx } from '#platform/ctx.ts'
import { inTx, sql } from '#platform/db/db.ts'
import { append } from '#platform/log/append.ts'
import { CHANNELS } from '#platform/messaging/provider.ts'
import { orRefused, refuse } from '#platform/refused.ts'
import { once } from '#platform/request.ts'

/** Stream of what an administrator decides about messages. */
export const MESSAGES_STREAM: Uuid = uuid('019b0000-0000-7000-8000-0000003e55a6')

const Minute = z.int().min(0).max(1_439)

/** COMMAND. */
export const SetMessageSettings = z.object({
  submissionKey: z.string().refine(isUuid),
  quietFrom: Minute,
  quietTo: Minute,
  /** Minutes. */
  window: z.int().min(0).max(240),
  channels: z.array(z.enum(CHANNELS)),
})
export type SetMessageSettings = z.infer<typeof SetMessageSettings>

export type SettingsRefusal = { readonly code: 'channel-twice' | 'no-channel' } | { readonly code: 'quiet-all-day' }

/** A night may be long, but there must be a time of day at which messages leave. */
const SHORTEST_DAY = 120

/** What waits is judged anew when its time comes. @throws Forbidden without `messages.manage` */
export const setMessageSettings = async (ctx: Ctx, input: SetMessageSettings): Promise<Result<{ readonly window: number }, SettingsRefusal>> => {
  const post = authorise(ctx, 'messages.manage')
  const { submissionKey, ...content } = input
  return orRefused(() =>
    inTx(ctx, (ctx) =>
      once(ctx, { command: 'message.set-settings', key: submissionKey, input: content }, async () => {
        const { quietFrom, quietTo, window, channels } = content
        if (channels.length === 0) refuse<SettingsRefusal>({ code: 'no-channel' })
        if (new Set(channels).size !== channels.length) refuse<SettingsRefusal>({ code: 'channel-twice' })
        if (quietFrom !== quietTo && (quietFrom - quietTo + 1_440) % 1_440 < SHORTEST_DAY) refuse<SettingsRefusal>({ code: 'quiet-all-day' })
        await append(ctx, 'other', MESSAGES_STREAM, [{ type: 'message.settings-set', data: content }], post === undefined ? {} : { postId: post.postId })
        await sql`
          insert into notification.setting (quiet_from, quiet_to, window_minutes, channels) values (${quietFrom}, ${quietTo}, ${window}, ${channels}::text[])
          on conflict (one) do update set quiet_from = excluded.quiet_from, quiet_to = excluded.quiet_to,
            window_minutes = excluded.window_minutes, channels = excluded.channels`.execute(ctx.db)
        return { window }
      }),
    ),
  )
}
