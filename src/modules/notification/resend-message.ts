import { z } from 'zod'
import { NotFound } from '#kernel/errors.ts'
import { type Uuid, isUuid } from '#kernel/ids.ts'
import type { Result } from '#kernel/result.ts'
import { authorise } from '#modules/access'
import type { Ctx } from '#platform/ctx.ts'
import { inTx, sql } from '#platform/db/db.ts'
import { append } from '#platform/log/append.ts'
import { orRefused, refuse } from '#platform/refused.ts'
import { once } from '#platform/request.ts'
import { MESSAGES_STREAM } from './message-state.ts'
import { queueAnew } from './send-message.ts'

/** COMMAND. A delivery that died or was refused is tried anew: the address was corrected, the gateway is back. */
export const ResendDelivery = z.object({ submissionKey: z.string().refine(isUuid), deliveryId: z.string().refine(isUuid) })
export type ResendDelivery = z.infer<typeof ResendDelivery>

/** It was sent, or is still being tried. */
export type ResendRefusal = { readonly code: 'not-failed' }

/** @throws Forbidden without `messages.manage` · NotFound */
export const resendDelivery = async (ctx: Ctx, input: ResendDelivery): Promise<Result<{ readonly messageId: Uuid }, ResendRefusal>> => {
  const post = authorise(ctx, 'messages.manage')
  const { submissionKey, deliveryId } = input
  return orRefused(() =>
    inTx(ctx, (ctx) =>
      once(ctx, { command: 'message.resend', key: submissionKey, input: { deliveryId } }, async () => {
        const { rows } = await sql<{ messageId: Uuid; state: string }>`
          select message_id as "messageId", state from notification.delivery where id = ${deliveryId} for update`.execute(ctx.db)
        const found = rows[0]
        if (found === undefined) throw new NotFound('delivery')
        if (found.state !== 'dead' && found.state !== 'refused') return refuse<ResendRefusal>({ code: 'not-failed' })
        await sql`update notification.delivery set state = 'queued', attempts = 0, reason = null where id = ${deliveryId}`.execute(ctx.db)
        await append(ctx, 'other', MESSAGES_STREAM, [{ type: 'message.resent', data: { deliveryId, messageId: found.messageId } }], post === undefined ? {} : { postId: post.postId })
        await queueAnew(ctx, deliveryId)
        return { messageId: found.messageId }
      }),
    ),
  )
}
