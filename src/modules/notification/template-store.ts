/** Which template is in force, and which a message was sent by. */
import type { Json } from '#kernel/digest.ts'
import { NotFound } from '#kernel/errors.ts'
import { authorise } from '#modules/access'
import type { Ctx, Instant } from '#platform/ctx.ts'
import { sql } from '#platform/db/db.ts'
import { type MessageTemplate, faultsOf, parseMessageTemplate, withTexts } from './message-template.ts'
import { SHIPPED_TEMPLATES, shippedTemplate } from './shipped-templates.ts'

/**
 * The texts that were changed here, in the shape of today's release. Where a release took away a value that they name, they would no longer say what they
 * should: then the shipped ones speak, and the page of the templates says so.
 */
const inForce = (shipped: MessageTemplate, changed: Pick<MessageTemplate, 'texts'> | undefined): { readonly template: MessageTemplate; readonly isOutdated: boolean } => {
  if (changed === undefined) return { template: shipped, isOutdated: false }
  const template = withTexts(shipped, changed.texts)
  const isOutdated = faultsOf(template).length > 0
  return { template: isOutdated ? shipped : template, isOutdated }
}

/** @throws NotFound */
export const templateNow = async (ctx: Ctx, kind: string): Promise<MessageTemplate> => {
  const shipped = shippedTemplate(kind)
  if (shipped === undefined) throw new NotFound('template')
  const { rows } = await sql<{ content: Pick<MessageTemplate, 'texts'> }>`/* prepared */ select content from notification.template where kind = ${kind}`.execute(ctx.db)
  return inForce(shipped, rows[0]?.content).template
}

export type TemplateLine = { readonly template: MessageTemplate; readonly changedAt: Instant | null; readonly isOutdated: boolean }

/** QUERY. @throws Forbidden */
export const listMessageTemplates = async (ctx: Ctx): Promise<readonly TemplateLine[]> => {
  authorise(ctx, 'messages.manage')
  const { rows } = await sql<{ kind: string; content: Pick<MessageTemplate, 'texts'>; changedAt: Instant }>`select kind, content, changed_at as "changedAt" from notification.template`.execute(ctx.db)
  const changed = new Map(rows.map((row) => [row.kind, row]))
  return SHIPPED_TEMPLATES.map((shipped) => ({ ...inForce(shipped, changed.get(shipped.kind)?.content), changedAt: changed.get(shipped.kind)?.changedAt ?? null }))
}

/** QUERY. @throws Forbidden, NotFound */
export const getMessageTemplate = async (ctx: Ctx, kind: string): Promise<TemplateLine> => {
  const line = (await listMessageTemplates(ctx)).find(({ template }) => template.kind === kind)
  if (line === undefined) throw new NotFound('template')
  return line
}

/** Kept for good, so that the message can be shown again as it was. */
export const keepVersion = async (ctx: Ctx, template: MessageTemplate): Promise<void> => {
  const { version, ...content } = template
  await sql`/* prepared */
    insert into notification.template_version (version, kind, content) values (${version}, ${template.kind}, ${JSON.stringify(content)}::jsonb)
    on conflict (version) do nothing`.execute(ctx.db)
}

/** From a row of `template_version`. */
export const templateOfVersion = (content: Json): MessageTemplate => parseMessageTemplate(content)
