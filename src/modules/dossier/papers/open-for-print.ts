/** What the queries of all papers share: who may have them, and who speaks in them. */
import type { Uuid } from '#kernel/ids.ts'
import type { PlainDate } from '#kernel/plain-date.ts'
import { authorise } from '#modules/access'
import { getUnit, listUnits, unitContactOn, unitNameOn } from '#modules/organisation'
import type { Ctx } from '#platform/ctx.ts'
import { loadState } from '../dossier-store.ts'
import { readableBy } from '../dossier-view.ts'
import { unitsConsulted } from '../lifecycle/consultation.ts'
import type { By } from '../lifecycle/custody.ts'
import type { DossierState } from '../lifecycle/state.ts'
import { isBeforeChair } from '../late/city-chair.ts'
import { findNames } from '../names.ts'
import { authorityLines } from '../results/authority.ts'
import { mayReadOwnDossier } from '../submission/my-dossiers.ts'
import type { DeskPrinted } from './letter-data.ts'

/** `office`: who works on the dossier, or oversees all (the control office); the reading is recorded. `own`: who applied, or filed for the applicant. */
export type PrintedFor = 'office' | 'own'

/** @throws Forbidden · NotFound, for somebody else's as for none */
export const openForPrint = async (ctx: Ctx, id: Uuid, printedFor: PrintedFor): Promise<DossierState> => {
  if (printedFor === 'own') {
    await mayReadOwnDossier(ctx, id)
    return loadState(ctx, id)
  }
  authorise(ctx, 'dossier.find', { forSome: true })
  const state = await loadState(ctx, id)
  await readableBy(ctx, state, unitsConsulted(state), isBeforeChair(state))
  return state
}

/** Names, address and number as of the day of the act. */
export const deskPrinted = async (ctx: Ctx, deskId: Uuid, agencyId: Uuid, day: PlainDate): Promise<DeskPrinted> => {
  const desk = await unitNameOn(ctx, deskId, day)
  const agency = await unitNameOn(ctx, agencyId, day)
  return { agency: agency.name, name: desk.name, ...(await unitContactOn(ctx, deskId, day)), place: await placeName(ctx) }
}

/** `Ủy ban nhân dân thành phố Huế` → `Huế`: what stands before the date. */
export const placeName = async (ctx: Ctx): Promise<string> => {
  const [city] = await listUnits(ctx, { kinds: ['city-committee'] })
  return (city?.name ?? '').replace(/^.*\b(?:thành phố|tỉnh)\s+/iu, '')
}

/** Under whose authority a letter of the agency is signed; null: nobody has signed yet. */
export const signerPrinted = async (ctx: Ctx, agencyId: Uuid, by: By | null): Promise<{ readonly authority: readonly string[]; readonly name: string }> => {
  if (by === null) return { authority: ['THỦ TRƯỞNG CƠ QUAN'], name: '' }
  const names = await findNames(ctx, [by.personId])
  const { kind } = await getUnit(ctx, agencyId)
  return { authority: authorityLines(names.post(by.postId) ?? '', kind.endsWith('-committee') ? 'Ủy ban nhân dân' : null), name: names.person(by.personId) ?? '' }
}
