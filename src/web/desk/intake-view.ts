/** What the intake page needs, gathered once: the desk, the procedure with the rows that can be received on, the applicant, a due date per row. */
import { type Uuid, isUuid } from '#kernel/ids.ts'
import { can } from '#modules/access'
import { type Deadline, type DeadlineError, computeDeadline, getWorkingCalendar } from '#modules/calendar'
import { type Component, type MethodRow, type ProcedureRevision, type ProcedureSummary, findCurrentRevision, isReceivable, listCommonProcedures, searchProcedures } from '#modules/catalogue'
import { type Person, type Unit, competentUnit, findPeople, getPerson, getUnit } from '#modules/organisation'
import type { Ctx } from '#platform/ctx.ts'
import { deskBadges } from './desk-badges.ts'
import { deskOf } from './desk-of.ts'

/** What the address says: `/mot-cua?thu-tuc=1.004873&nguoi-nop=…`. `personQ` never stands in it: a name or number in an address ends up in histories and logs. */
export type IntakeQuery = { readonly procedureCode: string; readonly procedureQ: string; readonly personId: string; readonly personQ: string; readonly row: string }

export const intakeQuery = (get: (name: string) => string | undefined): IntakeQuery => ({
  procedureCode: get('thu-tuc') ?? '',
  procedureQ: get('tim-thu-tuc') ?? '',
  personId: get('nguoi-nop') ?? '',
  personQ: '',
  row: get('dong') ?? '',
})

export type RowChoice = { readonly row: MethodRow; readonly deadline: { readonly ok: true; readonly value: Deadline } | { readonly ok: false; readonly error: DeadlineError } }

export type Case = { readonly name: string | null; readonly components: readonly Component[] }

export type IntakeView = {
  readonly query: IntakeQuery
  readonly desk: Unit
  readonly procedure: ProcedureRevision | undefined
  /** Undefined: this desk may receive it. Else why not, as a sentence. */
  readonly notHere: string | undefined
  readonly rows: readonly RowChoice[]
  readonly chosenRow: number | undefined
  readonly cases: readonly Case[]
  readonly procedureHits: readonly ProcedureSummary[] | undefined
  /** What is often received, for a desk that has just begun. */
  readonly common: readonly ProcedureSummary[]
  readonly person: Person | undefined
  readonly people: readonly Person[] | undefined
  /** Of the menu. */
  readonly badges: Readonly<Record<string, number>>
}

export const casesOf = (components: readonly Component[]): readonly Case[] =>
  [...new Set([null, ...components.map((c) => c.group)])].map((name) => ({ name, components: components.filter((c) => c.group === name) })).filter((c) => c.components.length > 0)

// In person first, then what the postman brings; what comes by the portal is not received at a counter.
const ORDER = ['in-person', 'postal', 'other'] as const

/** A due date for each row that can be received on, as if it were received now. */
export const rowChoices = async (ctx: Ctx, procedure: ProcedureRevision, agencyId: Uuid, order: readonly MethodRow['channel'][] = ORDER): Promise<readonly RowChoice[]> => {
  const calendar = await getWorkingCalendar(ctx, agencyId)
  return order.flatMap((channel) => procedure.methods.filter((row) => row.channel === channel && isReceivable(row))).flatMap((row) =>
    row.limit === null
      ? []
      : [{ row, deadline: computeDeadline(calendar, { start: ctx.now, limit: row.limit, ...(row.inDayCutoff === undefined ? {} : { inDayCutoff: row.inDayCutoff }) }) }],
  )
}

const PREVIEW = 8

/** What many people need and this desk can take: of its level, with a row that has a limit. */
const commonHere = async (ctx: Ctx, desk: Unit): Promise<readonly ProcedureSummary[]> =>
  (await listCommonProcedures(ctx, 4)).flatMap((group) => group.procedures).filter((p) => p.levels.includes(desk.level) && p.methods.some((row) => row.channel !== 'online' && isReceivable(row)))

export const loadIntake = async (ctx: Ctx, query: IntakeQuery): Promise<IntakeView> => {
  const desk = await getUnit(ctx, deskOf(ctx))
  const procedure = query.procedureCode === '' ? undefined : await findCurrentRevision(ctx, query.procedureCode)
  const competent = procedure === undefined ? undefined : await competentUnit(ctx, procedure, desk.agencyId)
  const rows = procedure === undefined ? [] : await rowChoices(ctx, procedure, competent?.offered === true ? competent.agencyId : desk.agencyId)
  return {
    query,
    desk,
    procedure,
    notHere: procedure !== undefined && !can(ctx.actor, 'dossier.receive', { unitId: desk.id, procedureCode: procedure.code }) ? 'Giấy ủy quyền của bạn không có thủ tục này.' : competent?.offered === false ? competent.reason : undefined,
    rows,
    chosenRow: rows.find(({ row }) => String(row.n) === query.row)?.row.n ?? rows[0]?.row.n,
    cases: procedure === undefined ? [] : casesOf(procedure.components),
    procedureHits: query.procedureQ === '' ? undefined : (await searchProcedures(ctx, { q: query.procedureQ, limit: PREVIEW })).procedures,
    common: procedure === undefined && query.procedureQ === '' ? await commonHere(ctx, desk) : [],
    person: isUuid(query.personId) ? await getPerson(ctx, query.personId) : undefined,
    people: query.personQ === '' ? undefined : await findPeople(ctx, query.personQ, PREVIEW),
    badges: await deskBadges(ctx),
  }
}

/** The address of the page with something changed; empty values are left out. */
export const intakeHref = (query: IntakeQuery, change: Partial<IntakeQuery>): string => {
  const next = { ...query, procedureQ: '', ...change }
  const search = new URLSearchParams()
  const put = (name: string, value: string) => (value === '' ? undefined : search.set(name, value))
  put('thu-tuc', next.procedureCode)
  put('tim-thu-tuc', next.procedureQ)
  put('nguoi-nop', next.personId)
  put('dong', next.row)
  return search.size === 0 ? '/mot-cua' : `/mot-cua?${search.toString()}`
}
