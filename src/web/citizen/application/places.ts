/** Where a procedure may be handed in, and on which rows of it online: what the first step offers, and why it does not offer the rest. */
import type { Uuid } from '#kernel/ids.ts'
import { type MethodRow, type ProcedureRevision, isReceivable } from '#modules/catalogue'
import { type Unit, competentUnit, listUnits } from '#modules/organisation'
import type { Ctx } from '#platform/ctx.ts'

export type Place = { readonly agencyId: Uuid; readonly name: string; readonly level: Unit['level'] }

export type Offer = {
  readonly places: readonly Place[]
  readonly onlineRows: readonly MethodRow[]
  /** Rows on which it can be filed today. */
  readonly openRows: readonly MethodRow[]
  /** Why no place takes it, in Vietnamese; undefined where some do. */
  readonly notOffered: string | undefined
}

/**
 * One commune stands for all of them: what a level offers is the same everywhere, only an agency without the unit in charge differs, and that one says
 * so when it is chosen.
 */
export const offerOf = async (ctx: Ctx, revision: ProcedureRevision): Promise<Offer> => {
  const [communes, centres] = await Promise.all([listUnits(ctx, { kinds: ['commune-committee'] }), listUnits(ctx, { kinds: ['service-centre'] })])
  const places: Place[] = []
  let reason: string | undefined
  for (const units of [communes, centres]) {
    const first = units[0]
    if (first === undefined) continue
    const competent = await competentUnit(ctx, revision, first.agencyId)
    if (competent.offered) places.push(...units.map((unit) => ({ agencyId: unit.agencyId, name: shortPlace(unit.name), level: unit.level })))
    // The level at which it is not done at all says less than the one at which nobody is in charge.
    else if (reason === undefined || revision.levels.includes(first.level)) reason = competent.reason
  }
  const onlineRows = revision.methods.filter((row) => row.channel === 'online')
  return { places, onlineRows, openRows: onlineRows.filter(isReceivable), notOffered: places.length === 0 ? (reason ?? '') : undefined }
}

/** `Ủy ban nhân dân phường Thuận Hóa` → `Phường Thuận Hóa` */
export const shortPlace = (name: string): string => {
  const short = name.replace(/^Ủy ban nhân dân /u, '')
  return short.charAt(0).toUpperCase() + short.slice(1)
}
