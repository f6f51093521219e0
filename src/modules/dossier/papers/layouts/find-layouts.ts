/** QUERIES. Which layouts there are, which is in force, and how one prints. */
import { NotFound } from '#kernel/errors.ts'
import { type Instant, type PlainDate, dateOf } from '#kernel/plain-date.ts'
import { authorise } from '#modules/access'
import { type FormSlug, formOn } from '#modules/process'
import type { Ctx } from '#platform/ctx.ts'
import { findNames } from '../../names.ts'
import type { PrintedForm } from '../printed-form.ts'
import { type LayoutYear, PAPER_SLUGS, type PaperLayout, type PaperSlug, checkLayout } from './layout.ts'
import type { LayoutRow } from './layout-state.ts'
import { inForce, versionAt, versionsOf } from './layout-store.ts'
import { SHIPPED_LAYOUTS, findShippedLayout } from './shipped-layouts.ts'

const SLUG_OF = Object.fromEntries(Object.entries(PAPER_SLUGS).map(([slug, form]) => [form, slug])) as Record<FormSlug, PaperSlug>

/**
 * The form of the regime of that moment, laid out as it was in force then (decision 23): a reprint is the paper that was printed.
 * Undefined where the regime has no such form.
 */
export const printedFormAt = async (ctx: Ctx, form: FormSlug, at: Instant): Promise<PrintedForm | undefined> => {
  const found = formOn(form, dateOf(at))
  return found === undefined ? undefined : withLayout(ctx, found, at)
}

/** @param at when the paper is printed by */
export const withLayout = async (ctx: Ctx, form: PrintedForm, at: Instant): Promise<PrintedForm> => {
  const row = await versionAt(ctx, SLUG_OF[form.slug], form.layout, at)
  return row === undefined ? form : { ...form, edited: layoutOf(row) }
}

/** @throws Error for a row that nobody could have published: a changed database */
const layoutOf = (row: LayoutRow): PaperLayout => {
  const checked = checkLayout(row.slug, row.layout, JSON.parse(row.content))
  if (!checked.ok) throw new Error(`layout ${row.slug}-${row.layout} version ${row.version} is broken`)
  return checked.layout
}

export type LayoutEntry = { readonly slug: PaperSlug; readonly layout: LayoutYear; readonly version: number; readonly versions: number; readonly validFrom: PlainDate | null }

/** All layouts in the order of the forms; `version` 0 = as shipped. @throws Forbidden */
export const listLayouts = async (ctx: Ctx): Promise<readonly LayoutEntry[]> => {
  authorise(ctx, 'papers.edit')
  const rows = await inForce(ctx)
  return SHIPPED_LAYOUTS.map(({ slug, layout }) => {
    const row = rows.find((r) => r.slug === slug && r.layout === layout)
    const begun = row !== undefined && row.valid_from <= dateOf(ctx.now)
    return { slug, layout, version: begun ? row.version : 0, versions: row?.versions ?? 0, validFrom: begun ? row.valid_from : null }
  })
}

export type LayoutVersion = { readonly version: number; readonly validFrom: PlainDate; readonly publishedAt: Instant; readonly by: string; readonly note: string; readonly content: string }
export type LayoutHistory = { readonly slug: PaperSlug; readonly layout: LayoutYear; readonly shipped: string; readonly versions: readonly LayoutVersion[] }

/** @throws Forbidden · NotFound for a form that the regime does not have */
export const getLayoutHistory = async (ctx: Ctx, slug: PaperSlug, layout: LayoutYear): Promise<LayoutHistory> => {
  authorise(ctx, 'papers.edit')
  const shipped = findShippedLayout(slug, layout)
  if (shipped === undefined) throw new NotFound(`layout ${slug}-${layout}`)
  const rows = await versionsOf(ctx, slug, layout)
  const names = await findNames(ctx, rows.map((row) => row.by_person))
  return {
    slug,
    layout,
    shipped: JSON.stringify(shipped, null, 1),
    versions: rows.map((row) => ({ version: row.version, validFrom: row.valid_from, publishedAt: row.published_at, by: names.person(row.by_person) ?? '', note: row.note, content: row.content })),
  }
}
