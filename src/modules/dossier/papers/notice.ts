/** PURE. Forms 04 and 05 as paper: apology with a new date, notice that the work on a dossier stops, in the layout of the regime (domain.md §4.1–4.2). */
import { longMoment } from '#platform/pdf/official-parts.ts'
import type { Paper } from '#platform/pdf/paper.ts'
import type { PaperSlug } from './layouts/layout.ts'
import type { ApologyNotice, StopNotice } from './notice-data.ts'
import { sheetOf } from './printed-form.ts'
import { joined } from './printed-parts.ts'

/** @param publicUrl see `receiptPaper` */
export const apologyPaper = (notices: readonly ApologyNotice[], publicUrl: string): Paper =>
  paperOf('apology-extension', notices, publicUrl, (notice) => ({
    dueAt: longMoment(notice.dueAt),
    newDueAt: notice.newDueAt === null ? '' : longMoment(notice.newDueAt),
    extendedBy: notice.extendedBy,
    basis: notice.basis,
    late: notice.late,
  }))

/** @param publicUrl see `receiptPaper` */
export const stopNoticePaper = (notices: readonly StopNotice[], publicUrl: string): Paper =>
  paperOf('stop-notice', notices, publicUrl, ({ stage, legalBasis, decision, finance, papersBack }) => ({ stage, legalBasis, decision, finance, papersBack }))

const paperOf = <N extends ApologyNotice | StopNotice>(slug: PaperSlug, notices: readonly N[], publicUrl: string, own: (notice: N) => Readonly<Record<string, string | null>>): Paper => ({
  title: notices.length === 1 ? joined(notices[0]!.form.title, notices[0]!.code) : `${notices.length} văn bản`,
  createdAt: notices.reduce((latest, notice) => (notice.at > latest ? notice.at : latest), notices[0]!.at),
  sheets: notices.map((notice) =>
    sheetOf(
      slug,
      { form: notice.form, at: notice.at, code: notice.code, agency: notice.parent, issuer: notice.agency, place: notice.place, number: `Số: ${notice.number ?? '……'}`, ...notice.replacement },
      publicUrl,
      {
        applicant: notice.person.name,
        address: notice.person.address,
        procedure: notice.procedure.name,
        procedureCode: notice.procedure.code,
        receivedAt: longMoment(notice.receivedAt),
        reason: notice.reason,
        authority: notice.signer.authority.join('\n'),
        signer: notice.signer.name,
        ...own(notice),
      },
    ),
  ),
})
