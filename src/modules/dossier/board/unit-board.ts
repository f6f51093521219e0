import { Forbidden } from '#kernel/errors.ts'
import type { Uuid } from '#kernel/ids.ts'
import { type Instant, dateOf } from '#kernel/plain-date.ts'
import { authorise } from '#modules/access'
import { type Unit, getUnit, listUnits } from '#modules/organisation'
import type { Ctx } from '#platform/ctx.ts'
import { sql } from '#platform/db/db.ts'
import { LATENESS, type Lateness, latenessOf } from '../register/lateness.ts'
import { type Place, isAt, narrowed, placesOf } from '../register/reach.ts'

export type Tally = { readonly total: number } & Readonly<Record<Lateness, number>>

export type UnitBoard = {
  readonly asOf: Instant
  /** Null: the whole city. */
  readonly unit: Unit | null
  /** What one may look at instead: divisions of the agency, agencies of the city. */
  readonly choices: readonly Unit[]
  readonly tally: Tally
  readonly byStep: readonly { readonly step: string; readonly tally: Tally }[]
  /** Who has how much in their hands, the most first. `postId` null: in the division, given to nobody yet. Empty for the city. */
  readonly byOfficer: readonly { readonly postId: Uuid | null; readonly name: string; readonly title: string; readonly tally: Tally }[]
  /** Of an agency its divisions, of the city its agencies. */
  readonly byUnit: readonly { readonly unitId: Uuid; readonly name: string; readonly tally: Tally }[]
}

type Group = { readonly step: string; readonly post: Uuid | null; readonly unit: Uuid; readonly lateness: Lateness; readonly n: number }

/**
 * QUERY. What is open in a unit now. Reads open rows only, each once.
 * @param input.unitId inside what one leads; default: all of it
 * @throws Forbidden outside what one leads, NotFound
 */
export const unitBoard = async (ctx: Ctx, input: { readonly unitId?: Uuid } = {}): Promise<UnitBoard> => {
  authorise(ctx, 'dossier.monitor')
  const all = placesOf(ctx.actor, 'dossier.monitor')
  const [at] = input.unitId === undefined ? all : await narrowed(ctx, all, input.unitId, 'dossier.monitor')
  if (at === undefined) throw new Forbidden('dossier.monitor')
  const [unit, groups, choices] = await Promise.all([at.of === 'city' ? null : getUnit(ctx, at.id), groupsAt(ctx, at), choicesIn(ctx, all[0] ?? at)])
  const [officers, units] = await Promise.all([at.of === 'city' ? [] : officersOf(ctx, groups), at.of === 'agency' || at.of === 'city' ? unitsOf(ctx, groups) : []])
  return { asOf: ctx.now, unit, choices, tally: tallyOf(groups), byStep: stepsOf(groups), byOfficer: officers, byUnit: units }
}

/** The city by agencies and without officers, everything else by division and officer: some hundred groups at the most. */
const groupsAt = async (ctx: Ctx, place: Place): Promise<readonly Group[]> => {
  const { rows } =
    place.of === 'city'
      ? await sql<Group>`/* prepared */
          select d.step, null::uuid as post, d.agency_id as unit, ${latenessOf(ctx.now)} as lateness, count(*)::int as n
            from dossier.dossier d where d.open group by 1, 3, 4`.execute(ctx.db)
      : await sql<Group>`/* prepared */
          select d.step, d.holder_post_id as post, d.division_id as unit, ${latenessOf(ctx.now)} as lateness, count(*)::int as n
            from dossier.dossier d where d.open and ${isAt(place, true)} group by 1, 2, 3, 4`.execute(ctx.db)
  return rows
}

const NO_TALLY: Tally = { total: 0, late: 0, today: 0, soon: 0, later: 0, paused: 0, intake: 0, ready: 0 }

const tallyOf = (groups: readonly Group[]): Tally => {
  const sums = Object.fromEntries(LATENESS.map((l) => [l, groups.reduce((sum, g) => sum + (g.lateness === l ? g.n : 0), 0)]))
  return { ...NO_TALLY, ...sums, total: groups.reduce((sum, g) => sum + g.n, 0) }
}

const grouped = <Key>(groups: readonly Group[], keyOf: (group: Group) => Key): ReadonlyMap<Key, readonly Group[]> => {
  const map = new Map<Key, Group[]>()
  for (const group of groups) map.set(keyOf(group), [...(map.get(keyOf(group)) ?? []), group])
  return map
}

const ORDER = ['INTAKE', 'COMPLETION', 'RECEIVE', 'ASSIGN', 'HANDLE', 'SUPPLEMENT', 'PAYMENT', 'HALT', 'REVIEW', 'SIGN', 'CLERK', 'RETURN']
const stepsOf = (groups: readonly Group[]): UnitBoard['byStep'] =>
  [...grouped(groups, (g) => g.step)].map(([step, inStep]) => ({ step, tally: tallyOf(inStep) })).sort((a, b) => ORDER.indexOf(a.step) - ORDER.indexOf(b.step))

const officersOf = async (ctx: Ctx, groups: readonly Group[]): Promise<UnitBoard['byOfficer']> => {
  const byPost = grouped(groups.filter((g) => g.post !== null || g.step === 'HANDLE'), (g) => g.post)
  const posts = [...byPost.keys()].filter((id) => id !== null)
  const today = dateOf(ctx.now)
  const { rows } = await sql<{ id: Uuid; title: string; name: string | null }>`/* prepared */
    select t.id, t.title, n.name from organisation.pub_post t
      left join organisation.pub_held_post k on k.post_id = t.id and k.valid_from <= ${today}::date and (k.valid_to is null or k.valid_to > ${today}::date)
      left join organisation.pub_person n on n.id = k.person_id
     where t.id = any(${posts}::uuid[])`.execute(ctx.db)
  const names = new Map(rows.map((r) => [r.id, r]))
  return [...byPost]
    .map(([postId, held]) => ({ postId, name: postId === null ? '' : (names.get(postId)?.name ?? ''), title: postId === null ? '' : (names.get(postId)?.title ?? ''), tally: tallyOf(held) }))
    .sort((a, b) => Number(a.postId !== null) - Number(b.postId !== null) || b.tally.total - a.tally.total)
}

const unitsOf = async (ctx: Ctx, groups: readonly Group[]): Promise<UnitBoard['byUnit']> => {
  const byUnit = grouped(groups, (g) => g.unit)
  const { rows } = await sql<{ id: Uuid; name: string }>`/* prepared */ select id, short_name as name from organisation.pub_unit where id = any(${[...byUnit.keys()]}::uuid[])`.execute(ctx.db)
  const names = new Map(rows.map((r) => [r.id, r.name]))
  return [...byUnit].map(([unitId, inUnit]) => ({ unitId, name: names.get(unitId) ?? '', tally: tallyOf(inUnit) })).sort((a, b) => b.tally.late - a.tally.late || b.tally.total - a.tally.total)
}

/** Where else one may look: nothing for who leads one division or desk. */
const choicesIn = async (ctx: Ctx, whole: Place): Promise<readonly Unit[]> => {
  if (whole.of === 'city') return listUnits(ctx, { kinds: ['city-committee', 'department', 'commune-committee'] })
  if (whole.of !== 'agency') return []
  return (await listUnits(ctx, { agencyId: whole.id })).filter((unit) => unit.kind === 'division' || unit.kind === 'commune-office')
}
