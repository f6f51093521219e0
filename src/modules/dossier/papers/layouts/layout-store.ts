/** SQL of the layouts that administrators publish. */
import { type Instant, dateOf, isoInstant } from '#kernel/plain-date.ts'
import type { Ctx } from '#platform/ctx.ts'
import { sql } from '#platform/db/db.ts'
import type { LayoutYear, PaperSlug } from './layout.ts'
import type { LayoutRow } from './layout-state.ts'

/** All versions of one layout, the newest first. */
export const versionsOf = async (ctx: Ctx, slug: PaperSlug, layout: LayoutYear): Promise<readonly LayoutRow[]> =>
  (await sql<LayoutRow>`select * from dossier.paper_layout where slug = ${slug} and layout = ${layout} order by version desc`.execute(ctx.db)).rows

/** The newest version that was in force at this moment; undefined: the shipped one. */
export const versionAt = async (ctx: Ctx, slug: PaperSlug, layout: LayoutYear, at: Instant): Promise<LayoutRow | undefined> => {
  const { rows } = await sql<LayoutRow>`
    select * from dossier.paper_layout
     where slug = ${slug} and layout = ${layout} and valid_from <= ${dateOf(at)} and published_at <= ${isoInstant(at)}::timestamptz
     order by version desc limit 1`.execute(ctx.db)
  return rows[0]
}

/** What is in force of every layout, and how many versions there are. */
export const inForce = async (ctx: Ctx): Promise<readonly (LayoutRow & { readonly versions: number })[]> =>
  (
    await sql<LayoutRow & { readonly versions: number }>`
      select distinct on (slug, layout) *, count(*) over (partition by slug, layout)::int as versions from dossier.paper_layout
       order by slug, layout, (valid_from <= ${dateOf(ctx.now)}) desc, version desc`.execute(ctx.db)
  ).rows

/** Inside a transaction: who publishes next waits. */
export const lockLayouts = async (ctx: Ctx): Promise<void> => {
  await sql`select pg_advisory_xact_lock(hashtext('dossier.paper_layout'))`.execute(ctx.db)
}

export const putLayout = async (ctx: Ctx, row: LayoutRow): Promise<void> => {
  await sql`
    insert into dossier.paper_layout (slug, layout, version, valid_from, published_at, by_person, by_post, note, content)
    values (${row.slug}, ${row.layout}, ${row.version}, ${row.valid_from}, ${isoInstant(row.published_at)}, ${row.by_person}, ${row.by_post}, ${row.note}, ${row.content})`.execute(ctx.db)
}
