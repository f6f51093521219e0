import { NotFound } from '#kernel/errors.ts'
import type { Uuid } from '#kernel/ids.ts'
import { forgetFileNames } from '#modules/documents'
import type { Ctx } from '#platform/ctx.ts'
import { sql } from '#platform/db/db.ts'
import { ERASED, ERASED_TYPE } from '#platform/log/private.ts'
import { readStream } from '#platform/log/read-stream.ts'
import type { Subscription } from '#platform/log/subscriptions.ts'
import { loadForUpdate, putDossiers } from './dossier-store.ts'
import { GUIDANCE_GIVEN, guidanceFrom, guidanceRow } from './guidance/guidance-state.ts'
import { filesOfInspections } from './lifecycle/inspection.ts'
import { byOf } from './lifecycle/logged.ts'
import { rowsOf } from './lifecycle/rows.ts'

/** SUBSCRIPTION. Where personal values were erased from the log of a dossier or a guidance, their rows are written anew from what is left (decisions 5 and 10). */
export const dossierErasures: Subscription = {
  name: 'dossier-erasures',
  handle: async (ctx, events) => {
    const erased = new Set(events.filter((e) => e.kind === 'dossier' && e.type === ERASED_TYPE).map((e) => e.stream))
    // In order, so that two runs cannot wait for each other.
    for (const id of [...erased].sort()) await writeAnew(ctx, id)
    await writeGuidanceAnew(ctx, events.flatMap((e) => (e.kind === 'other' && e.type === ERASED_TYPE ? [e.stream] : [])))
  },
}

/** A dossier whose year was detached since has no rows here to clean. */
const writeAnew = async (ctx: Ctx, id: Uuid): Promise<void> => {
  try {
    const { state } = await loadForUpdate(ctx, id)
    await putDossiers(ctx, rowsOf(state))
    const opinions = state.consultations.flatMap((c) => [...c.files, ...(c.answer?.files ?? [])])
    const files = [...state.attachments, ...opinions, ...filesOfInspections(state), state.resultDraft?.file, ...state.results.map((result) => result.file)]
    await forgetFileNames(ctx, id, files.flatMap((file) => (file?.name === ERASED ? [file.fileId] : [])))
  } catch (error) {
    if (!(error instanceof NotFound)) throw error
  }
}

/** Other streams keep personal values too (a person, an account): those have no row here. */
const writeGuidanceAnew = async (ctx: Ctx, streams: readonly Uuid[]): Promise<void> => {
  if (streams.length === 0) return
  const { rows } = await sql<{ id: Uuid }>`select id from dossier.guidance where id = any(${streams}::uuid[]) order by id`.execute(ctx.db)
  for (const { id } of rows) {
    const given = (await readStream(ctx.db, 'other', id)).find((event) => event.type === GUIDANCE_GIVEN)
    if (given === undefined) continue
    const row = guidanceRow(id, guidanceFrom(given), given.at, byOf(given.actor))
    await sql`update dossier.guidance set person_name = ${row.person_name}, person_address = ${row.person_address}, person_phone = ${row.person_phone}, person_email = ${row.person_email},
      items = ${JSON.stringify(row.items)}::jsonb, reason = ${row.reason} where id = ${id}`.execute(ctx.db)
  }
}
