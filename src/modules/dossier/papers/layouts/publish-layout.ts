import { z } from 'zod'
import { isUuid } from '#kernel/ids.ts'
import { type PlainDate, dateOf, isPlainDate } from '#kernel/plain-date.ts'
import type { Result } from '#kernel/result.ts'
import { tidy } from '#kernel/text.ts'
import { authorise } from '#modules/access'
import type { Ctx } from '#platform/ctx.ts'
import { inTx } from '#platform/db/db.ts'
import { append } from '#platform/log/append.ts'
import { orRefused, refuse } from '#platform/refused.ts'
import { once } from '#platform/request.ts'
import type { By } from '../../lifecycle/custody.ts'
import { LAYOUT_YEARS, type LayoutYear, type PaperLayout, PAPER_SLUGS, type PaperSlug, checkLayout } from './layout.ts'
import { LAYOUT_STREAM, type LayoutPublished, layoutRow } from './layout-state.ts'
import { lockLayouts, putLayout, versionsOf } from './layout-store.ts'
import { locate } from './locate.ts'
import { findShippedLayout } from './shipped-layouts.ts'

/** COMMAND. A layout of an official form as a new version; those before stay for the papers that were printed by them. */
export const PublishLayout = z.object({
  submissionKey: z.string().refine(isUuid),
  slug: z.enum(Object.keys(PAPER_SLUGS) as [PaperSlug, ...PaperSlug[]]),
  layout: z.enum(LAYOUT_YEARS),
  /** JSON as typed. */
  content: z.string().transform((text) => text.normalize('NFC')).pipe(z.string().max(60_000)),
  validFrom: z.string().refine(isPlainDate, 'not a day'),
  note: z.string().transform(tidy).pipe(z.string().min(5).max(500)),
})
export type PublishLayout = z.infer<typeof PublishLayout>

/** `line` counts from 1; `path` where in the layout, in words of the file. */
export type LayoutTextFault = { readonly line: number; readonly path: string; readonly message: string }

export type PublishRefusal =
  | { readonly code: 'no-such-layout' }
  /** Every fault with its place. */
  | { readonly code: 'layout-broken'; readonly faults: readonly LayoutTextFault[] }
  /** What was printed yesterday must print the same again. */
  | { readonly code: 'begins-in-past'; readonly today: PlainDate }

/** What is wrong with a text, or the layout that it is. */
export const readLayoutText = (slug: PaperSlug, year: LayoutYear, text: string): { readonly ok: true; readonly layout: PaperLayout } | { readonly ok: false; readonly faults: readonly LayoutTextFault[] } => {
  const located = locate(text)
  if (!located.ok) {
    const found = located.found === '' ? 'văn bản hết giữa chừng' : `không đọc được từ “${located.found}”`
    return { ok: false, faults: [{ line: located.at.line, path: '', message: `Sai cú pháp ở cột ${located.at.column}: ${found}.` }] }
  }
  const checked = checkLayout(slug, year, located.json)
  return checked.ok ? checked : { ok: false, faults: checked.faults.map((fault) => ({ line: located.lineOf(fault.path), path: fault.path.join('.'), message: fault.message })) }
}

/** @throws Forbidden */
export const publishLayout = async (ctx: Ctx, input: PublishLayout): Promise<Result<{ readonly version: number }, PublishRefusal>> => {
  const post = authorise(ctx, 'papers.edit')
  const { submissionKey, ...content } = input
  return orRefused(() =>
    inTx(ctx, (ctx) =>
      once(ctx, { command: 'papers.publish-layout', key: submissionKey, input: content }, async () => {
        if (findShippedLayout(input.slug, input.layout) === undefined) refuse<PublishRefusal>({ code: 'no-such-layout' })
        const read = readLayoutText(input.slug, input.layout, input.content)
        if (!read.ok) refuse<PublishRefusal>({ code: 'layout-broken', faults: read.faults })
        const today = dateOf(ctx.now)
        if (input.validFrom < today) refuse<PublishRefusal>({ code: 'begins-in-past', today })
        await lockLayouts(ctx)
        const version = ((await versionsOf(ctx, input.slug, input.layout))[0]?.version ?? 0) + 1
        const event: LayoutPublished = { type: 'paper-layout.published', data: { ...content, version } }
        const [stored] = await append(ctx, 'other', LAYOUT_STREAM, [event], post === undefined ? {} : { postId: post.postId })
        const by: By = { personId: ctx.actor.kind === 'person' ? ctx.actor.personId : null, postId: post?.postId ?? null }
        await putLayout(ctx, layoutRow(event, stored!.at, by))
        return { version }
      }),
    ),
  )
}
