import type { Uuid } from '#kernel/ids.ts'
import { type Role, ROLES } from '#modules/access'
import { type WorkingCalendar, getWorkingCalendar } from '#modules/calendar'
import { type ProcedureRevision, caseName, findCurrentRevision, isReceivable } from '#modules/catalogue'
import { type Unit, competentUnit, listStaff, listUnits, routeOf } from '#modules/organisation'
import { type ProcessStep, canonicalAgencyCode, deriveProcess } from '#modules/process'
import type { Actor, Ctx } from '#platform/ctx.ts'
import { sql } from '#platform/db/db.ts'
import type { LimitKept, PersonSnapshot } from '../lifecycle/state.ts'
import { authorOf } from '../results/authority.ts'
import { RESULT_TEMPLATES } from '../results/shipped-templates.ts'
import type { ResultTemplate } from '../results/template.ts'
import { runningSums } from './chance.ts'
import { type Busy, historyData } from './history-data.ts'

export type Officer = Extract<Actor, { kind: 'person' }>
export type Channel = 'counter' | 'online'

/** A row of a procedure that a dossier can be handed in by. */
export type Row = {
  readonly n: number
  readonly limit: LimitKept
  readonly inDayCutoff?: number
  readonly steps: readonly ProcessStep[]
}

/** A procedure as it is done at one place. */
export type Offer = {
  readonly busy: Busy
  readonly revision: ProcedureRevision
  readonly rows: Readonly<Record<Channel, Row | undefined>>
  readonly agencyId: Uuid
  readonly divisionId: Uuid
  readonly level: 'commune' | 'province'
  /** The letters of the agency in the numbers of its papers. */
  readonly author: string
  /** What its result is called. */
  readonly resultTitle: string
  /** Where it has one of its own. */
  readonly template: Pick<ResultTemplate, 'number'>
}

/** Where dossiers are handed in: a commune's desk, or that of the city's departments. */
export type Place = {
  readonly index: number
  readonly agencyId: Uuid
  readonly agencyCode: string
  readonly name: string
  readonly deskId: Uuid
  readonly weight: number
  readonly offers: readonly Offer[]
  /** Running sums of how often each is asked for. */
  readonly demand: Float64Array
}

export type Setting = {
  readonly calendar: WorkingCalendar
  readonly places: readonly Place[]
  /** Who holds such a post in that unit or agency, in an order that stays. @throws RangeError where nobody does */
  readonly officers: (unitId: Uuid, role: Role) => readonly Officer[]
  /** People of the demo who can sign in, as applicants. */
  readonly citizens: readonly (PersonSnapshot & { readonly id: Uuid })[]
  /** Twelve-digit numbers that are on record. */
  readonly taken: ReadonlySet<string>
}

/** QUERY. The city as the history needs it: places, posts, procedures in force. The same database gives the same setting. */
export const readSetting = async (ctx: Ctx): Promise<Setting> => {
  const units = await listUnits(ctx)
  const staff = await readStaff(ctx, units)
  const calendar = await getWorkingCalendar(ctx)
  const places: Place[] = []
  for (const desk of units.filter((u) => u.kind === 'commune-desk' || u.kind === 'service-centre')) {
    const agency = units.find((u) => u.id === desk.agencyId) ?? desk
    const offers = await readOffers(ctx, agency, units)
    if (offers.length === 0) continue
    const { places: weights } = historyData()
    places.push({
      index: places.length,
      agencyId: agency.id,
      agencyCode: canonicalAgencyCode(agency.code),
      name: agency.name.replace('Ủy ban nhân dân ', ''),
      deskId: desk.id,
      weight: desk.kind === 'service-centre' ? weights.centre : (weights.communes[agency.code] ?? 1),
      offers,
      demand: runningSums(offers.map((o) => o.busy.weight)),
    })
  }
  // Those with accounts alone: another part of the history may be registering its people meanwhile.
  const { rows } = await sql<PersonSnapshot & { id: Uuid; officer: boolean }>`
    select p.id, p.kind, p.name, p.personal_number as "personalNumber", p.phone, p.address, p.email,
           exists (select from organisation.pub_tenure t where t.person_id = p.id) as officer
      from organisation.pub_person p where exists (select from access.pub_account a where a.person_id = p.id) order by p.personal_number`.execute(ctx.db)
  return {
    calendar,
    places,
    officers: (unitId, role) => {
      const found = staff.get(unitId)?.get(role)
      if (found === undefined) throw new RangeError(`nobody is ${role} of ${unitId}`)
      return found
    },
    citizens: rows.filter((r) => !r.officer).map(({ officer: _, ...person }) => person),
    taken: new Set(rows.flatMap((r) => r.personalNumber ?? [])),
  }
}

const readStaff = async (ctx: Ctx, units: readonly Unit[]): Promise<ReadonlyMap<Uuid, ReadonlyMap<Role, readonly Officer[]>>> => {
  const agencies = new Map(units.map((u) => [u.id, u.agencyId]))
  const staff = new Map<Uuid, Map<Role, readonly Officer[]>>()
  const members = await listStaff(ctx, { roles: ROLES })
  for (const { postId, role, unitId, personId } of members.toSorted((a, b) => (a.postId < b.postId ? -1 : 1))) {
    const agencyId = agencies.get(unitId)
    if (agencyId === undefined) continue
    // Their account plays no part: events name person and post.
    const officer: Officer = { kind: 'person', userId: personId, personId, posts: [{ postId, role, unitId, agencyId }] }
    // Signers and clerks are asked for by their agency, wherever they sit.
    for (const place of new Set([unitId, agencyId])) {
      const there = staff.get(place) ?? new Map<Role, readonly Officer[]>()
      staff.set(place, there.set(role, [...(there.get(role) ?? []), officer]))
    }
  }
  return staff
}

/** The competent unit depends on the route alone: it is asked once for each. */
const readOffers = async (ctx: Ctx, agency: Unit, units: readonly Unit[]): Promise<readonly Offer[]> => {
  const known = new Map<string, Awaited<ReturnType<typeof competentUnit>>>()
  const offers: Offer[] = []
  for (const busy of historyData()[agency.level]) {
    const revision = await readRevision(ctx, busy.code)
    if (revision === undefined) continue
    const route = routeOf(agency.level, revision)
    if (!route.offered) continue
    const key = `${route.agency ?? ''} ${route.unit}`
    const competent = known.get(key) ?? (await competentUnit(ctx, revision, agency.id))
    known.set(key, competent)
    if (!competent.offered) continue
    const rows = rowsOfProcedure(revision, competent.level)
    if (rows.counter === undefined && rows.online === undefined) continue
    offers.push({ busy, revision, rows, agencyId: competent.agencyId, divisionId: competent.unitId, level: competent.level, author: authorOf(units.find((u) => u.id === competent.agencyId)?.name ?? ''), ...resultOf(busy, revision) })
  }
  return offers
}

const resultOf = (busy: Busy, revision: ProcedureRevision): Pick<Offer, 'resultTitle' | 'template'> => ({
  resultTitle: caseName(revision.results[0]?.name ?? revision.name).slice(0, 300),
  template: RESULT_TEMPLATES.find((t) => t.procedures.includes(busy.code)) ?? { number: { pattern: busy.number, pad: 2, sure: false } },
})

const read = new WeakMap<Ctx['db'], Map<string, ProcedureRevision | undefined>>()
const readRevision = async (ctx: Ctx, code: string): Promise<ProcedureRevision | undefined> => {
  const known = read.get(ctx.db) ?? new Map<string, ProcedureRevision | undefined>()
  read.set(ctx.db, known)
  if (!known.has(code)) known.set(code, await findCurrentRevision(ctx, code))
  return known.get(code)
}

const rowsOfProcedure = (revision: ProcedureRevision, level: 'commune' | 'province'): Offer['rows'] => {
  const row = (channel: string): Row | undefined => {
    const method = revision.methods.find((m) => m.channel === channel && isReceivable(m))
    if (method === undefined || method.limit === null) return undefined
    const { steps } = deriveProcess({ limit: method.limit, level: level === 'province' ? 'department' : 'commune' })
    return { n: method.n, limit: method.limit, steps, ...(method.inDayCutoff !== undefined && { inDayCutoff: method.inDayCutoff }) }
  }
  return { counter: row('in-person'), online: row('online') }
}

