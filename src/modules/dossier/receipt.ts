import { NotFound } from '#kernel/errors.ts'
import type { Uuid } from '#kernel/ids.ts'
import { type Instant, dateOf, formatDate, formatLongDate } from '#kernel/plain-date.ts'
import { type ExplanationLine, explainInVietnamese, limitInVietnamese } from '#modules/calendar'
import { type Fee, findFeeAsOf, getRevision, paperName } from '#modules/catalogue'
import type { Ctx } from '#platform/ctx.ts'
import { readEvents } from './dossier-store.ts'
import type { DossierState } from './lifecycle/state.ts'
import { findNames } from './names.ts'
import { printedFormAt } from './papers/layouts/find-layouts.ts'
import { type PrintedFor, deskPrinted, openForPrint } from './papers/open-for-print.ts'
import { type ReceiptEdition, receiptEdition, receiptEditions } from './papers/receipt-editions.ts'
import type { Receipt, ReceiptFee, ReceiptPaper } from './papers/receipt-data.ts'

/**
 * QUERY. All that form 01 prints, names as of the day when it was issued; fees by the revision that the dossier keeps, as decided at the reception. The reading is recorded.
 * @param edition after a correction it is issued anew: left out, the one that holds
 * @throws Forbidden outside the units concerned · NotFound, also for what was not received yet and for somebody else's
 */
export const getReceipt = async (ctx: Ctx, id: Uuid, printedFor: PrintedFor = 'office', edition?: number): Promise<Receipt> => {
  const { state, ...issued } = await editionOf(ctx, await openForPrint(ctx, id, printedFor), edition)
  const { receivedAt, receivedBy } = state
  if (receivedAt === null || state.code === null) throw new NotFound(`receipt of ${id}`)
  const issuedAt = issued.issuedAt ?? receivedAt
  const day = dateOf(issuedAt)
  const form = await printedFormAt(ctx, 'RECEIPT', issuedAt)
  if (form === undefined) throw new NotFound(`receipt of ${id}`)
  const revision = await getRevision(ctx, state.revisionId)
  const desk = await deskPrinted(ctx, state.deskId, state.receivingAgencyId, day)
  const names = await findNames(ctx, [receivedBy?.personId ?? null])
  const fee = await findFeeAsOf(ctx, state.revisionId, state.methodN, receivedAt)
  return {
    form,
    code: state.code,
    number: null,
    desk,
    applicant: { name: state.applicant.name, address: state.applicant.address, phone: state.applicant.phone, email: state.applicant.email },
    submitter: state.submitter === null ? null : { name: state.submitter.name, phone: state.submitter.phone },
    procedure: { code: state.procedureCode, name: revision.name },
    papers: papersOf(state),
    sets: state.sets,
    limit: limitInVietnamese(state.limit),
    receivedAt,
    dueAt: state.dueAt ?? state.dueOriginalAt ?? receivedAt,
    dueReason: dueReason({ ...state, receivedAt }),
    provisional: state.provisional,
    resultDelivery: deliveryText(state, desk.name),
    fees: fee === undefined ? [] : feesOf(fee),
    register: null,
    receivedBy: names.person(receivedBy?.personId ?? null) ?? '',
    lookUpSecret: state.secret,
    issuedAt,
    replacement: issued.replacement,
  }
}

/** Nearly every dossier has one only. @throws NotFound */
const editionOf = async (ctx: Ctx, state: DossierState, n: number | undefined): Promise<Pick<ReceiptEdition, 'state' | 'issuedAt' | 'replacement'>> => {
  if (receiptEditions(state) === 1 && (n ?? 1) === 1) return { state, issuedAt: null, replacement: {} }
  const edition = receiptEdition(state.id, await readEvents(ctx, state.id), n)
  if (edition === undefined) throw new NotFound(`receipt ${n ?? ''} of ${state.id}`)
  return edition
}

const papersOf = (state: DossierState): readonly ReceiptPaper[] =>
  state.components.flatMap((c): readonly ReceiptPaper[] => {
    const scans = state.attachments.filter((a) => a.component === c.n).length
    const name = paperName(c.name)
    const paper: ReceiptPaper[] = []
    if (c.originals > 0) paper.push({ name, kind: 'original', quantity: c.originals })
    if (c.copies > 0) paper.push({ name, kind: 'copy', quantity: c.copies })
    if (paper.length > 0) return paper
    // Ticked without a sheet of paper: a file, or data that the agency takes itself (NĐ 309/2026 Art 2).
    return [scans > 0 ? { name, kind: 'electronic', quantity: scans } : { name, kind: 'from-database', quantity: 1 }]
  })

const FEE_NAMES = { phi: 'Phí', 'le-phi': 'Lệ phí' } as const

const feesOf = (fee: Fee): readonly ReceiptFee[] => {
  if (fee.chosen?.kind === 'free' || (fee.chosen === null && fee.free === true)) return []
  if (fee.chosen?.kind === 'amount') return [{ name: null, amount: fee.chosen.amountVnd }]
  return fee.items.filter((item) => item.amountVnd !== 0).map((item) => ({ name: item.type === null ? null : FEE_NAMES[item.type], amount: item.amountVnd }))
}

const deliveryText = (state: DossierState, deskName: string): string => {
  if (state.delivery === 'postal') return `Qua bưu chính, tới ${state.deliveryAddress ?? state.applicant.address ?? ''}`.trim()
  return state.delivery === 'online' ? 'Bản điện tử' : deskName
}

/** `Nhận Thứ Sáu 20/11/2026; 3 ngày làm việc; không tính: nghỉ cuối tuần 21/11/2026–22/11/2026, …` */
const dueReason = (state: Pick<DossierState, 'limit' | 'explanation'> & { readonly receivedAt: Instant }): string => {
  const lines = JSON.parse(state.explanation) as readonly ExplanationLine[]
  const skipped = lines.filter((line) => line.counted === 0 && !['start-day', 'outside-hours'].includes(line.reason))
  const parts = [`Nhận ${formatLongDate(dateOf(state.receivedAt))}`, limitInVietnamese(state.limit)]
  if (skipped.length > 0) parts.push(`không tính: ${skipped.map((line) => `${explainInVietnamese(line)} ${daysOf(line)}`).join(', ')}`)
  return `${parts.join('; ')}.`
}

/** A line ends at the midnight that begins the next day. */
const daysOf = (line: ExplanationLine): string => {
  const from = formatDate(dateOf(line.from))
  const to = line.to === null ? from : formatDate(dateOf((line.to - 1) as typeof line.to))
  return from === to ? from : `${from}–${to}`
}
