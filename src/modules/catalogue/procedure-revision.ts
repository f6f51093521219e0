/** PURE. A revision of a procedure as the rest of the program sees it: the published record, its method rows with what was settled. */
import type { Uuid } from '#kernel/ids.ts'
import type { Instant } from '#kernel/plain-date.ts'
import { type Decision, type MethodRow, methodRows } from './method-rows.ts'
import type { Level, PublishedRecord } from './procedure-record.ts'

/** One required paper. 0 originals and 0 copies: usually a heading, a note or a document only shown. */
export type Component = {
  /** 1, 2 … as published. */
  readonly n: number
  /** The case (trường hợp) that it belongs to. */
  readonly group: string | null
  readonly name: string
  readonly originals: number
  readonly copies: number
  /** File names of blank forms as published, not the files. */
  readonly templates: readonly string[]
}

type LegalBasis = { readonly number: string | null; readonly title: string | null; readonly issuedOn: string | null; readonly issuer: string | null }

export type ProcedureRevision = {
  readonly id: Uuid
  readonly procedureId: Uuid
  /** 1, 2 … of this procedure. */
  readonly n: number
  /** SHA-256 of the canonical record, hexadecimal: its identity. */
  readonly digest: string
  readonly importedAt: Instant
  readonly isCurrent: boolean
  readonly code: string
  readonly name: string
  readonly field: string
  readonly levels: readonly Level[]
  readonly publisher: string | null
  readonly decisionNo: string | null
  readonly procedureType: string | null
  readonly subjects: readonly string[]
  readonly executingAgency: string | null
  readonly competentAgency: string | null
  readonly delegatedAgency: string | null
  readonly coordinatingAgency: string | null
  readonly receivingAddress: string | null
  readonly steps: readonly string[]
  readonly methods: readonly MethodRow[]
  readonly components: readonly Component[]
  readonly results: readonly { readonly name: string; readonly code: string | null }[]
  readonly legalBases: readonly LegalBasis[]
  readonly conditions: string | null
  readonly related: string | null
  readonly keywords: string | null
  readonly description: string | null
  readonly detailUrl: string | null
}

export type RevisionRow = {
  readonly id: Uuid
  readonly procedure_id: Uuid
  readonly n: number
  readonly digest: string
  readonly imported_at: Instant
  readonly is_current: boolean
  readonly record: PublishedRecord
}

export const revisionOf = (row: RevisionRow, decisions: readonly Decision[]): ProcedureRevision => {
  const r = row.record
  return {
    id: row.id,
    procedureId: row.procedure_id,
    n: row.n,
    digest: row.digest,
    importedAt: row.imported_at,
    isCurrent: row.is_current,
    code: r.code,
    name: r.name,
    field: r.field,
    levels: r.levels,
    publisher: r.publisher,
    decisionNo: r.decision_no,
    procedureType: r.procedure_type,
    subjects: joinSplitSubjects(r.subjects),
    executingAgency: r.executing_agency,
    competentAgency: r.competent_agency,
    delegatedAgency: r.delegated_agency,
    coordinatingAgency: r.coordinating_agency,
    receivingAddress: r.receiving_address,
    steps: r.steps.map((s) => s.text),
    methods: methodRows(r.methods, decisions.filter((d) => d.revisionId === row.id)),
    components: r.components.map((c, i) => ({ n: i + 1, group: c.group, name: c.name, originals: c.originals, copies: c.copies, templates: c.templates })),
    results: r.results,
    legalBases: r.legal_bases.map((b) => ({ number: b.number, title: b.title, issuedOn: b.issued_on, issuer: b.issuer })),
    conditions: r.conditions,
    related: r.related,
    keywords: r.keywords,
    description: r.description,
    detailUrl: r.detail_url,
  }
}

/** The source split "Tổ chức (không bao gồm doanh nghiệp, HTX)" at its comma; it is one kind of applicant. */
export const joinSplitSubjects = (subjects: readonly string[]): readonly string[] =>
  subjects.reduce<readonly string[]>((joined, subject) => {
    const last = joined.at(-1)
    const isOpen = last !== undefined && last.split('(').length > last.split(')').length
    return isOpen ? [...joined.slice(0, -1), `${last}, ${subject}`] : [...joined, subject]
  }, [])
