/** QUERIES of the administration: what was sent to whom, and how each looks to its reader. */
import { NotFound } from '#kernel/errors.ts'
import type { Uuid } from '#kernel/ids.ts'
import { initials } from '#kernel/text.ts'
import { authorise } from '#modules/access'
import type { Ctx, Instant } from '#platform/ctx.ts'
import { sql } from '#platform/db/db.ts'
import { recordAccess } from '#platform/log/access.ts'
import { type Channel, CHANNELS } from '#platform/messaging/provider.ts'
import type { DrawnMessage } from './draw-message.ts'
import type { MessageLang } from './message-template.ts'
import { findRecipient } from './recipient.ts'
import { type Sendable, drawFor } from './send-message.ts'
import { shippedTemplate } from './shipped-templates.ts'
import { templateNow } from './template-store.ts'

export type MessageState = 'waiting' | 'dispatched' | 'combined' | 'settled' | 'no-channel' | 'not-wanted' | 'erased'
export type DeliveryState = 'queued' | 'sent' | 'dead' | 'refused'

/** What the administrator asks for: `failed` = a delivery died or was refused. */
export const MESSAGE_FILTERS = ['waiting', 'failed', 'sent', 'no-channel', 'other'] as const
export type MessageFilter = (typeof MESSAGE_FILTERS)[number]

export type MessageSearch = {
  readonly show?: MessageFilter
  readonly channel?: Channel
  readonly kind?: string
  /** Code of a dossier, whole. */
  readonly code?: string
  /** From 1. */
  readonly page?: number
}

type Way = { readonly channel: Channel; readonly state: DeliveryState }
export type MessageLine = {
  readonly id: Uuid
  readonly at: Instant
  readonly dueAt: Instant
  readonly kindName: string
  readonly code: string | null
  readonly recipient: string
  readonly state: MessageState
  readonly lang: MessageLang | null
  readonly ways: readonly Way[]
}
export type MessagePage = { readonly lines: readonly MessageLine[]; readonly page: number; readonly hasNext: boolean }

const PER_PAGE = 50
const LAST_PAGE = 200

const FILTERS: Readonly<Record<MessageFilter, ReturnType<typeof sql>>> = {
  waiting: sql`and m.state = 'waiting'`,
  failed: sql`and m.id in (select message_id from notification.delivery where state in ('dead', 'refused'))`,
  sent: sql`and m.state = 'dispatched'`,
  'no-channel': sql`and m.state = 'no-channel'`,
  other: sql`and m.state in ('combined', 'settled', 'not-wanted', 'erased')`,
}

/** Newest first, fifty a page; of the recipient the initials. @throws Forbidden without `messages.manage` */
export const listMessages = async (ctx: Ctx, search: MessageSearch): Promise<MessagePage> => {
  authorise(ctx, 'messages.manage')
  const page = Math.min(Math.max(search.page ?? 1, 1), LAST_PAGE)
  const { rows } = await sql<Omit<MessageLine, 'kindName' | 'recipient'> & { kind: string; name: string | null }>`
    select m.id, m.created_at as at, m.due_at as "dueAt", m.kind, m.code, m.state, m.lang, p.name,
           coalesce((select jsonb_agg(jsonb_build_object('channel', d.channel, 'state', d.state) order by d.channel) from notification.delivery d where d.message_id = m.id), '[]') as ways
      from notification.message m left join organisation.pub_person p on p.id = m.person_id
     where true ${search.show === undefined ? sql`` : FILTERS[search.show]}
       ${search.kind === undefined ? sql`` : sql`and m.kind = ${search.kind}`}
       ${search.code === undefined ? sql`` : sql`and m.code = ${search.code}`}
       ${search.channel === undefined ? sql`` : sql`and exists (select from notification.delivery d where d.message_id = m.id and d.channel = ${search.channel})`}
     order by m.created_at desc, m.id desc limit ${PER_PAGE + 1} offset ${(page - 1) * PER_PAGE}`.execute(ctx.db)
  const lines = rows.slice(0, PER_PAGE).map(({ kind, name, ...row }) => ({ ...row, kindName: kindName(kind), recipient: name === null ? '' : initials(name) }))
  return { lines, page, hasNext: rows.length > PER_PAGE }
}

const kindName = (kind: string): string => shippedTemplate(kind)?.name ?? kind

/** How many need a decision. @throws Forbidden */
export const countFailedMessages = async (ctx: Ctx): Promise<number> => {
  authorise(ctx, 'messages.manage')
  const { rows } = await sql<{ n: number }>`select count(*)::int as n from notification.delivery where state in ('dead', 'refused')`.execute(ctx.db)
  return rows[0]?.n ?? 0
}

export type Delivery = Way & {
  readonly id: Uuid
  readonly attempts: number
  readonly provider: string | null
  readonly reason: string | null
  readonly queuedAt: Instant
  readonly triedAt: Instant | null
  readonly sentAt: Instant | null
  /** As its reader sees it; undefined once the person was erased. */
  readonly drawn: DrawnMessage | undefined
}

export type MessageView = Omit<MessageLine, 'ways'> & {
  readonly intoId: Uuid | null
  readonly deliveries: readonly Delivery[]
  /** Before it leaves: how it would look now, by e-mail. */
  readonly preview: DrawnMessage | undefined
}

type Row = Omit<Sendable, 'lang'> & { readonly id: Uuid; readonly kind: string; readonly at: Instant; readonly dueAt: Instant; readonly state: MessageState; readonly lang: MessageLang | null; readonly intoId: Uuid | null }

/** Whose message was read is recorded. @throws Forbidden without `messages.manage` · NotFound */
export const getMessage = async (ctx: Ctx, id: Uuid, outside: { readonly publicUrl: string; readonly city: string }): Promise<MessageView> => {
  authorise(ctx, 'messages.manage')
  const { rows } = await sql<Row>`
    select m.id, m.kind, m.created_at as at, m.due_at as "dueAt", m.state, m.lang, m.into_id as "intoId", m.person_id as "personId", m.dossier_id as "dossierId",
           m.audience, m.code, m.facts, v.content
      from notification.message m left join notification.template_version v on v.version = m.version where m.id = ${id}`.execute(ctx.db)
  const row = rows[0]
  if (row === undefined) throw new NotFound('message')
  recordAccess(ctx, { kind: 'read', subject: `person:${row.personId}`, reason: 'messages.manage' })
  const recipient = await findRecipient(ctx, row.personId)
  const { content, lang } = row
  const draw = (channel: Channel): DrawnMessage | undefined =>
    recipient === undefined || content === null ? undefined : drawFor({ ...row, content, lang: lang ?? 'vi' }, channel, recipient, outside.publicUrl, outside.city)
  const { rows: deliveries } = await sql<Omit<Delivery, 'drawn'>>`
    select id, channel, state, attempts, provider, reason, queued_at as "queuedAt", tried_at as "triedAt", sent_at as "sentAt" from notification.delivery where message_id = ${id}`.execute(ctx.db)
  const { version: _, ...template } = await templateNow(ctx, row.kind)
  return {
    id, at: row.at, dueAt: row.dueAt, kindName: kindName(row.kind), code: row.code, state: row.state, lang, intoId: row.intoId,
    recipient: recipient?.name ?? '',
    deliveries: CHANNELS.flatMap((channel) => deliveries.filter((d) => d.channel === channel)).map((d) => ({ ...d, drawn: draw(d.channel) })),
    preview: row.state === 'waiting' && recipient !== undefined ? drawFor({ ...row, content: template, lang: 'vi' }, 'email', recipient, outside.publicUrl, outside.city) : undefined,
  }
}
