/** Who gets a message, and where: asked at the moment of sending, so that a new number counts and an erased person gets nothing. */
import type { Uuid } from '#kernel/ids.ts'
import type { Ctx } from '#platform/ctx.ts'
import { sql } from '#platform/db/db.ts'
import { ERASED } from '#platform/log/private.ts'
import { CHANNELS, type Channel } from '#platform/messaging/provider.ts'
import { findPreferences } from './find-preferences.ts'
import { getMessageSettings } from './message-settings.ts'
import type { MessageLang, MessageTemplate } from './message-template.ts'

export type Recipient = {
  readonly name: string
  readonly addresses: Readonly<Partial<Record<Channel, string>>>
  /** `declared`: told by themselves, so that what was filed at a counter is not shown to it. */
  readonly account: 'checked' | 'declared' | null
}

/** Undefined: nobody is there any more, or their details were erased. */
export const findRecipient = async (ctx: Ctx, personId: Uuid): Promise<Recipient | undefined> => {
  const { rows } = await sql<{ name: string; phone: string | null; email: string | null; userId: Uuid | null; identity: Recipient['account'] }>`/* prepared */
    select p.name, p.phone, p.email, a.user_id as "userId", a.identity
      from organisation.pub_person p left join access.pub_account a on a.person_id = p.id and a.disabled_at is null
     where p.id = ${personId} limit 1`.execute(ctx.db)
  const row = rows[0]
  if (row === undefined || row.name === ERASED) return undefined
  const { name, phone, email, userId, identity } = row
  return { name, addresses: { ...(email !== null && { email }), ...(phone !== null && { sms: phone }), ...(userId !== null && { app: userId }) }, account: identity }
}

export type Ways = { readonly lang: MessageLang; readonly channels: readonly Channel[]; readonly wanted: boolean }

/**
 * By the person's choice, else by the first channel of the settings that reaches them.
 * @param offered channels that this installation has
 * @param choice what of the work an officer may not want to be told
 */
export const waysTo = async (ctx: Ctx, personId: Uuid, recipient: Recipient, offered: readonly Channel[], choice: MessageTemplate['choice']): Promise<Ways> => {
  const chosen = (await findPreferences(ctx, [personId])).get(personId)
  const reachable = (channel: Channel) => offered.includes(channel) && recipient.addresses[channel] !== undefined
  if (chosen === undefined) return { lang: 'vi', channels: (await getMessageSettings(ctx)).channels.filter(reachable).slice(0, 1), wanted: true }
  const wanted = chosen.channels.length > 0 && (choice === null || chosen[choice])
  return { lang: chosen.lang, channels: wanted ? CHANNELS.filter((channel) => chosen.channels.includes(channel) && reachable(channel)) : [], wanted }
}
