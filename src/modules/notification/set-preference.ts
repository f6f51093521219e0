/** How a person wants to be told: by which channels, in which language; an officer also what of the work is told. Their own choice, kept as an event of their stream. */
import { z } from 'zod'
import { Forbidden } from '#kernel/errors.ts'
import { isUuid } from '#kernel/ids.ts'
import { authoriseAccount } from '#modules/access'
import type { Ctx } from '#platform/ctx.ts'
import { inTx } from '#platform/db/db.ts'
import { append } from '#platform/log/append.ts'
import { CHANNELS, type Channel } from '#platform/messaging/provider.ts'
import { once } from '#platform/request.ts'
import { preferenceSet, rowOf } from './message-state.ts'
import { LANGS, type MessageLang } from './message-template.ts'
import { putMessageRow } from './put-message-row.ts'

export type Preference = {
  /** Every one of them is used, as far as there is an address. None: nothing is sent. */
  readonly channels: readonly Channel[]
  readonly lang: MessageLang
  /** Officers: the list of the morning; what is urgent, at once. */
  readonly digest: boolean
  readonly urgent: boolean
}

/** COMMAND. One's own. */
export const SetPreference = z.object({
  submissionKey: z.string().refine(isUuid),
  channels: z.array(z.enum(CHANNELS)).transform((chosen) => CHANNELS.filter((channel) => chosen.includes(channel))),
  lang: z.enum(LANGS),
  digest: z.boolean(),
  urgent: z.boolean(),
})
export type SetPreference = z.infer<typeof SetPreference>

/** @throws Forbidden for who is not signed in */
export const setPreference = async (ctx: Ctx, input: SetPreference): Promise<Preference> => {
  authoriseAccount(ctx)
  if (ctx.actor.kind !== 'person') throw new Forbidden('signed-in')
  const { personId } = ctx.actor
  const { submissionKey, ...preference } = input
  return inTx(ctx, (ctx) =>
    once(ctx, { command: 'preference.set', key: submissionKey, input: preference }, async () => {
      const event = preferenceSet(preference)
      const [stored] = await append(ctx, 'other', personId, [event])
      await putMessageRow(ctx, rowOf(personId, event, stored?.at ?? ctx.now)!)
      return preference
    }),
  )
}
