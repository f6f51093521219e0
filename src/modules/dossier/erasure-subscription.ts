import { NotFound } from '#kernel/errors.ts'
import type { Uuid } from '#kernel/ids.ts'
import { forgetFileNames } from '#modules/documents'
import type { Ctx } from '#platform/ctx.ts'
import { ERASED, ERASED_TYPE } from '#platform/log/private.ts'
import type { Subscription } from '#platform/log/subscriptions.ts'
import { loadForUpdate, putDossiers } from './dossier-store.ts'
import { rowsOf } from './lifecycle/rows.ts'

/** SUBSCRIPTION. Where personal values were erased from a dossier's log, its rows are written anew from what is left (decisions 5 and 10). */
export const dossierErasures: Subscription = {
  name: 'dossier-erasures',
  handle: async (ctx, events) => {
    const erased = new Set(events.filter((e) => e.kind === 'dossier' && e.type === ERASED_TYPE).map((e) => e.stream))
    // In order, so that two runs cannot wait for each other.
    for (const id of [...erased].sort()) await writeAnew(ctx, id)
  },
}

/** A dossier whose year was detached since has no rows here to clean. */
const writeAnew = async (ctx: Ctx, id: Uuid): Promise<void> => {
  try {
    const { state } = await loadForUpdate(ctx, id)
    await putDossiers(ctx, rowsOf(state))
    const files = [...state.attachments, state.resultDraft?.file, ...state.results.map((result) => result.file)]
    await forgetFileNames(ctx, id, files.flatMap((file) => (file?.name === ERASED ? [file.fileId] : [])))
  } catch (error) {
    if (!(error instanceof NotFound)) throw error
  }
}
