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
