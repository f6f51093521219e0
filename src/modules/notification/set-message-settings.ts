import { z } from 'zod'
import { isUuid } from '#kernel/ids.ts'
import type { Result } from '#kernel/result.ts'
import { authorise } from '#modules/access'
import type { Ctx } from '#platform/ctx.ts'
import { inTx } from '#platform/db/db.ts'
import { append } from '#platform/log/append.ts'
import { CHANNELS } from '#platform/messaging/provider.ts'
import { orRefused, refuse } from '#platform/refused.ts'
import { once } from '#platform/request.ts'
import { MESSAGES_STREAM, rowOf, settingsSet } from './message-state.ts'
import { putMessageRow } from './put-message-row.ts'

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
        const event = settingsSet(content)
        const [stored] = await append(ctx, 'other', MESSAGES_STREAM, [event], post === undefined ? {} : { postId: post.postId })
        await putMessageRow(ctx, rowOf(MESSAGES_STREAM, event, stored?.at ?? ctx.now)!)
        return { window }
      }),
    ),
  )
}
