import type { Ctx } from '#platform/ctx.ts'
import { synonymData } from './catalogue-data.ts'
import { type CatalogueSnapshot, type ProcedureSummary, catalogueSnapshot } from './catalogue-snapshot.ts'
import { LEVELS, type Level } from './procedure-record.ts'
import { fold } from '#kernel/text.ts'

/** Kinds of applicant, in the words of the address; each stands for the source's many wordings. */
export const APPLICANTS = ['cong-dan', 'viet-kieu', 'nguoi-nuoc-ngoai', 'doanh-nghiep', 'to-chuc', 'hop-tac-xa', 'can-bo'] as const
export type Applicant = (typeof APPLICANTS)[number]

const APPLICANT_OF: readonly (readonly [Applicant, RegExp])[] = [
  ['viet-kieu', /dinh cu o nuoc ngoai/],
  ['nguoi-nuoc-ngoai', /^nguoi nuoc ngoai/],
  ['cong-dan', /cong dan|dang vien/],
  ['can-bo', /can bo|cong chuc/],
  ['hop-tac-xa', /^hop tac xa/],
  ['doanh-nghiep', /^doanh nghiep/],
  ['to-chuc', /to chuc/],
]
export const applicantsOf = (subjects: readonly string[]): readonly Applicant[] => [
  ...new Set(subjects.flatMap((s) => APPLICANT_OF.find(([, words]) => words.test(fold(s)))?.[0] ?? [])),
]

export type ProcedureSearch = {
  /** What was typed; empty = all, the common ones first. */
  readonly q?: string
  readonly fieldSlug?: string
  readonly level?: Level
  readonly applicant?: Applicant
  /** Only those that can be received at a counter, or filed, on some row. */
  readonly toSettle?: boolean
  readonly limit?: number
  readonly offset?: number
}

/** `count` = how many there would be with this filter and the others as they are. */
export type Facet = { readonly value: string; readonly label: string; readonly count: number }
export type FoundProcedures = {
  readonly total: number
  readonly procedures: readonly ProcedureSummary[]
  readonly fields: readonly Facet[]
  readonly levels: readonly Facet[]
  readonly applicants: readonly Facet[]
}

/** QUERY. Accent-free, typo-tolerant search with filters and their counts. */
export const searchProcedures = async (ctx: Ctx, search: ProcedureSearch): Promise<FoundProcedures> => {
  const snapshot = await catalogueSnapshot(ctx)
  const ranked = rank(snapshot, search.q?.trim() ?? '').filter((p) => search.toSettle !== true || p.rowsToSettle > 0)
  const inField = (p: ProcedureSummary) => search.fieldSlug === undefined || p.fieldSlug === search.fieldSlug
  const onLevel = (p: ProcedureSummary) => search.level === undefined || p.levels.includes(search.level)
  const forApplicant = (p: ProcedureSummary) => search.applicant === undefined || applicantsOf(p.subjects).includes(search.applicant)
  const found = ranked.filter((p) => inField(p) && onLevel(p) && forApplicant(p))
  const offset = search.offset ?? 0
  return {
    total: found.length,
    procedures: found.slice(offset, offset + (search.limit ?? 20)),
    fields: count(ranked.filter((p) => onLevel(p) && forApplicant(p)), (p) => [[p.fieldSlug, p.field]]).sort((a, b) => b.count - a.count),
    levels: byOrder(LEVELS, count(ranked.filter((p) => inField(p) && forApplicant(p)), (p) => p.levels.map((l) => [l, l]))),
    applicants: byOrder(APPLICANTS, count(ranked.filter((p) => inField(p) && onLevel(p)), (p) => applicantsOf(p.subjects).map((a) => [a, a]))),
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

const count = (procedures: readonly ProcedureSummary[], keys: (p: ProcedureSummary) => readonly (readonly [string, string])[]): Facet[] => {
  const counts = new Map<string, { label: string; count: number }>()
  for (const p of procedures) {
    for (const [value, label] of keys(p)) {
      const known = counts.get(value)
      if (known === undefined) counts.set(value, { label, count: 1 })
      else known.count++
    }
  }
  return [...counts].map(([value, c]) => ({ value, ...c }))
}
const byOrder = (order: readonly string[], facets: Facet[]): Facet[] => facets.sort((a, b) => order.indexOf(a.value) - order.indexOf(b.value))

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
