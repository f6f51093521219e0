import { z } from 'zod'
import { NotFound, Stale } from '#kernel/errors.ts'
import { isUuid } from '#kernel/ids.ts'
import type { Result } from '#kernel/result.ts'
import { authorise } from '#modules/access'
import type { Ctx } from '#platform/ctx.ts'
import { inTx, sql } from '#platform/db/db.ts'
import { append } from '#platform/log/append.ts'
import { orRefused, refuse } from '#platform/refused.ts'
import { once } from '#platform/request.ts'
import { MESSAGES_STREAM, rowOf, templateRestored, templateSet } from './message-state.ts'
import { type TemplateFault, faultsOf, withTexts } from './message-template.ts'
import { putMessageRow } from './put-message-row.ts'
import { shippedTemplate } from './shipped-templates.ts'
import { templateNow } from './template-store.ts'

/** As a form sends it: lines end in many ways. */
const Words = z.string().transform((text) => text.normalize('NFC').replaceAll('\r\n', '\n').trim())
const Texts = z.object({ subject: Words, email: Words, sms: Words, app: Words })

/** COMMAND. Other texts for one kind of message, or the shipped ones again. */
export const EditMessageTemplate = z.object({
  submissionKey: z.string().refine(isUuid),
  kind: z.string(),
  /** The version that the page showed. */
  version: z.string(),
  /** Null: as shipped. */
  texts: z.object({ vi: Texts, en: Texts }).nullable(),
})
export type EditMessageTemplate = z.infer<typeof EditMessageTemplate>

export type TemplateRefusal = { readonly code: 'template-broken'; readonly faults: readonly TemplateFault[] }

/** What is sent from now on is sent by it; what was sent keeps its version. @throws Forbidden without `messages.manage` · NotFound · Stale when somebody was faster */
export const editMessageTemplate = async (ctx: Ctx, input: EditMessageTemplate): Promise<Result<{ readonly version: string }, TemplateRefusal>> => {
  const post = authorise(ctx, 'messages.manage')
  const { submissionKey, ...content } = input
  return orRefused(() =>
    inTx(ctx, (ctx) =>
      once(ctx, { command: 'message.edit-template', key: submissionKey, input: content }, async () => {
        const shipped = shippedTemplate(input.kind)
        if (shipped === undefined) throw new NotFound('template')
        await sql`select pg_advisory_xact_lock(hashtext('notification.template'), hashtext(${input.kind}))`.execute(ctx.db)
        if ((await templateNow(ctx, input.kind)).version !== input.version) throw new Stale('template')
        const edited = input.texts === null ? shipped : withTexts(shipped, input.texts)
        const faults = faultsOf(edited)
        if (faults.length > 0) refuse<TemplateRefusal>({ code: 'template-broken', faults })
        const event = input.texts === null || edited.version === shipped.version ? templateRestored(edited) : templateSet(edited)
        const [stored] = await append(ctx, 'other', MESSAGES_STREAM, [event], post === undefined ? {} : { postId: post.postId })
        await putMessageRow(ctx, rowOf(MESSAGES_STREAM, event, stored?.at ?? ctx.now)!)
        return { version: edited.version }
      }),
    ),
  )
}
