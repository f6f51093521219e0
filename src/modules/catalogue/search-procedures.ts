import type { Ctx } from '#platform/ctx.ts'
import { APPLICANTS, type Applicant } from './applicants.ts'
import { synonymData } from './catalogue-data.ts'
import { type CatalogueSnapshot, type ProcedureSummary, catalogueSnapshot } from './catalogue-snapshot.ts'
import { LEVELS, type Level } from './procedure-record.ts'

export type ProcedureSearch = {
  /** What was typed; empty = all, the common ones first. */
  readonly q?: string
  readonly fieldSlug?: string
  readonly level?: Level
  readonly applicant?: Applicant
  /** Only those with a row that waits for a decision. */
  readonly toSettle?: boolean
  readonly limit?: number
  readonly offset?: number
}

/** `count` = how many there would be with this filter and the others as they are. */
type Facet<Value extends string = string> = { readonly value: Value; readonly label: string; readonly count: number }
export type FoundProcedures = {
  readonly total: number
  readonly procedures: readonly ProcedureSummary[]
  readonly fields: readonly Facet[]
  readonly levels: readonly Facet<Level>[]
  readonly applicants: readonly Facet<Applicant>[]
}

/** QUERY. Accent-free, typo-tolerant search with filters and their counts. */
export const searchProcedures = async (ctx: Ctx, search: ProcedureSearch): Promise<FoundProcedures> => {
  const snapshot = await catalogueSnapshot(ctx)
  const ranked = rank(snapshot, search.q?.trim() ?? '').filter((p) => search.toSettle !== true || p.rowsToSettle > 0)
  const inField = (p: ProcedureSummary) => search.fieldSlug === undefined || p.fieldSlug === search.fieldSlug
  const onLevel = (p: ProcedureSummary) => search.level === undefined || p.levels.includes(search.level)
  const forApplicant = (p: ProcedureSummary) => search.applicant === undefined || p.applicants.includes(search.applicant)
  const found = ranked.filter((p) => inField(p) && onLevel(p) && forApplicant(p))
  const offset = search.offset ?? 0
  return {
    total: found.length,
    procedures: found.slice(offset, offset + (search.limit ?? 20)),
    fields: count(ranked.filter((p) => onLevel(p) && forApplicant(p)), (p) => [[p.fieldSlug, p.field] as const]).sort((a, b) => b.count - a.count),
    levels: byOrder(LEVELS, count(ranked.filter((p) => inField(p) && forApplicant(p)), (p) => p.levels.map((l) => [l, l] as const))),
    applicants: byOrder(APPLICANTS, count(ranked.filter((p) => inField(p) && onLevel(p)), (p) => p.applicants.map((a) => [a, a] as const))),
  }
}

const rank = (snapshot: CatalogueSnapshot, q: string): readonly ProcedureSummary[] => {
  if (q === '') return allByNeed(snapshot)
  return snapshot.index.find(q).flatMap((hit) => snapshot.all[hit.at] ?? [])
}

const orders = new WeakMap<CatalogueSnapshot, readonly ProcedureSummary[]>()
const allByNeed = (snapshot: CatalogueSnapshot): readonly ProcedureSummary[] => {
  let order = orders.get(snapshot)
  if (order === undefined) {
    const place = new Map(synonymData().common.map((code, i) => [code, i]))
    const rankOf = (p: ProcedureSummary) => place.get(p.code) ?? (p.levels.includes('commune') ? 1_000 : 2_000)
    order = [...snapshot.all].sort((a, b) => rankOf(a) - rankOf(b) || (a.field < b.field ? -1 : a.field > b.field ? 1 : a.code < b.code ? -1 : 1))
    orders.set(snapshot, order)
  }
  return order
}

const count = <Value extends string>(procedures: readonly ProcedureSummary[], keys: (p: ProcedureSummary) => readonly (readonly [Value, string])[]): Facet<Value>[] => {
  const counts = new Map<Value, { label: string; count: number }>()
  for (const p of procedures) {
    for (const [value, label] of keys(p)) {
      const known = counts.get(value)
      if (known === undefined) counts.set(value, { label, count: 1 })
      else known.count++
    }
  }
  return [...counts].map(([value, c]) => ({ value, ...c }))
}
const byOrder = <Value extends string>(order: readonly Value[], facets: Facet<Value>[]): Facet<Value>[] => facets.sort((a, b) => order.indexOf(a.value) - order.indexOf(b.value))

/** QUERY. What many people need, by field, for the home page: at most `perField` each, in the order of need. */
export const listCommonProcedures = async (ctx: Ctx, perField = 4): Promise<readonly { readonly field: string; readonly fieldSlug: string; readonly procedures: readonly ProcedureSummary[] }[]> => {
  const { byCode } = await catalogueSnapshot(ctx)
  const groups = new Map<string, ProcedureSummary[]>()
  for (const code of synonymData().common) {
    const procedure = byCode.get(code)
    if (procedure === undefined) continue
    const group = groups.get(procedure.fieldSlug) ?? []
    if (group.length < perField) groups.set(procedure.fieldSlug, [...group, procedure])
  }
  return [...groups].map(([fieldSlug, procedures]) => ({ field: procedures[0]?.field ?? fieldSlug, fieldSlug, procedures }))
}

/** QUERY. One line of the catalogue; undefined for an unknown code. */
export const findProcedureSummary = async (ctx: Ctx, code: string): Promise<ProcedureSummary | undefined> => (await catalogueSnapshot(ctx)).byCode.get(code)

/** QUERY. How many procedures, and how many still have a row to settle. */
export const countProcedures = async (ctx: Ctx): Promise<{ readonly procedures: number; readonly toSettle: number }> => {
  const { all } = await catalogueSnapshot(ctx)
  return { procedures: all.length, toSettle: all.filter((p) => p.rowsToSettle > 0).length }
}

/** QUERY. Grows with every change of the catalogue: what was drawn from one version is good for it. */
export const catalogueVersion = async (ctx: Ctx): Promise<number> => (await catalogueSnapshot(ctx)).version
