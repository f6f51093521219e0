/** SQL for the numbers of result papers: one series per agency, symbol and year, without gaps. */
import type { Uuid } from '#kernel/ids.ts'
import type { Ctx } from '#platform/ctx.ts'
import { sql } from '#platform/db/db.ts'
import { type NumberForm, numberText, sequenceIn } from './number-pattern.ts'

type Place = { readonly agencyId: Uuid; readonly dossierId: Uuid }

/** Inside the transaction that writes it down, as late as can be: the counter's row stays locked until its end (decision 18). A number typed before is stepped over. */
export const takeNumber = async (ctx: Ctx, { agencyId, dossierId }: Place, form: NumberForm): Promise<string> => {
  for (;;) {
    const { rows } = await sql<{ last: number }>`/* prepared */
      insert into dossier.number_series as s (agency_id, series, year, last) values (${agencyId}, ${form.series}, ${form.year}, 1)
      on conflict (agency_id, series, year) do update set last = s.last + 1 returning last`.execute(ctx.db)
    const n = rows[0]!.last
    if (await useNumber(ctx, { agencyId, dossierId }, form, n)) return numberText(form, n)
  }
}

/** QUERY. What `takeNumber` would give now: somebody may be faster. */
export const nextNumber = async (ctx: Ctx, agencyId: Uuid, form: NumberForm): Promise<string> => {
  const { rows } = await sql<{ last: number; used: readonly number[] }>`
    select coalesce(max(s.last), 0) as last, coalesce((select array_agg(u.n order by u.n) from dossier.number_used u where u.agency_id = ${agencyId} and u.series = ${form.series} and u.year = ${form.year} and u.n > coalesce(max(s.last), 0)), '{}') as used
      from dossier.number_series s where s.agency_id = ${agencyId} and s.series = ${form.series} and s.year = ${form.year}`.execute(ctx.db)
  const { last, used } = rows[0]!
  let n = last + 1
  for (const taken of used) if (taken === n) n += 1
  return numberText(form, n)
}

/** What a clerk typed is kept as typed; where it is of the series, the series will not give it again. */
export const noteTypedNumber = async (ctx: Ctx, place: Place, form: NumberForm, typed: string): Promise<void> => {
  const n = sequenceIn(form, typed)
  if (n !== undefined) await useNumber(ctx, place, form, n)
}

/** False: in use already. */
const useNumber = async (ctx: Ctx, { agencyId, dossierId }: Place, form: NumberForm, n: number): Promise<boolean> => {
  const added = await sql`/* prepared */
    insert into dossier.number_used (agency_id, series, year, n, dossier_id, at)
    values (${agencyId}, ${form.series}, ${form.year}, ${n}, ${dossierId}, ${new Date(ctx.now).toISOString()}::timestamptz)
    on conflict (agency_id, series, year, n) do nothing`.execute(ctx.db)
  return added.numAffectedRows === 1n
}
