/**
 * PURE. Form 01 as paper: two copies, one stays with the dossier, one goes with the applicant (domain.md §4.1–4.2).
 * The look-up secret stands on the applicant's copy only (decision 20).
 */
import type { Instant } from '#kernel/plain-date.ts'
import { formatVnd } from '#kernel/money.ts'
import { longMoment } from '#platform/pdf/official-parts.ts'
import type { Paper, Sheet } from '#platform/pdf/paper.ts'
import { sheetOf } from './printed-form.ts'
import { joined } from './printed-parts.ts'
import type { PaperKind, Receipt, ReceiptFee } from './receipt-data.ts'

const KIND_NAMES: Record<PaperKind, string> = {
  original: 'Bản chính',
  copy: 'Bản sao',
  electronic: 'Bản điện tử',
  'from-database': 'Từ cơ sở dữ liệu',
}

type Copy = { readonly number: 1 | 2; readonly name: string }
const COPIES: readonly Copy[] = [
  { number: 1, name: 'Liên 1: Lưu tại bộ phận tiếp nhận' },
  { number: 2, name: 'Liên 2: Giao tổ chức, cá nhân nộp hồ sơ' },
]

/** @param publicUrl where citizens reach this installation, without a slash at the end: goes into the QR code */
export const receiptPaper = (receipt: Receipt, publicUrl: string): Paper => receiptsPaper([receipt], publicUrl)

/** Several receipts in one file, for printing in one go; each keeps its two copies and counts its own pages. */
export const receiptsPaper = (receipts: readonly Receipt[], publicUrl: string): Paper => ({
  title: receipts.length === 1 ? `${receipts[0]!.form.title} ${receipts[0]!.code}` : `${receipts.length} giấy tiếp nhận hồ sơ`,
  createdAt: receipts.map(issuedAt).reduce((latest, at) => (at > latest ? at : latest)),
  sheets: receipts.flatMap((receipt) => COPIES.map((copy) => sheet(receipt, copy, publicUrl))),
})

const issuedAt = (receipt: Receipt): Instant => receipt.issuedAt ?? receipt.receivedAt

const withPhone = (phone: string | null): string | null => (phone === null ? null : `điện thoại ${phone}`)

const sheet = (receipt: Receipt, copy: Copy, publicUrl: string): Sheet => {
  const { desk, applicant, submitter, form } = receipt
  return sheetOf(
    'receipt',
    { form, at: issuedAt(receipt), code: receipt.code, agency: desk.agency, issuer: desk.name, place: desk.place, number: `Số: ${receipt.number ?? receipt.code}${form.symbol === null ? '' : `/${form.symbol}`}`, ...receipt.replacement },
    publicUrl,
    {
      copyName: copy.name,
      secret: copy.number === 2 ? receipt.lookUpSecret : '',
      deskLine: joined(desk.name, desk.address, withPhone(desk.phone)),
      applicant: applicant.name,
      address: applicant.address,
      phone: applicant.phone,
      email: applicant.email,
      submitter: submitter === null ? '' : joined(submitter.name, withPhone(submitter.phone)),
      handedInBy: submitter?.name ?? applicant.name,
      procedure: receipt.procedure.name,
      procedureCode: receipt.procedure.code,
      sets: String(receipt.sets),
      limit: receipt.limit,
      receivedAt: longMoment(receipt.receivedAt),
      dueAt: longMoment(receipt.dueAt),
      dueReason: `${receipt.dueReason}${receipt.provisional ? ' Ngày hẹn là dự kiến vì lịch nghỉ lễ của năm đó chưa được công bố.' : ''}`,
      resultDelivery: receipt.resultDelivery,
      fees: fees(receipt.fees),
      register: register(receipt),
      receivedBy: receipt.receivedBy,
    },
    { papers: receipt.papers.map((paper, i) => ({ n: String(i + 1), name: paper.name, kind: form.layout === '2018' ? KIND_NAMES[paper.kind].toLocaleLowerCase('vi') : KIND_NAMES[paper.kind], quantity: String(paper.quantity) })) },
  )
}

const fees = (list: readonly ReceiptFee[]): string =>
  list.length === 0
    ? 'Không thu'
    : list.map((fee) => `${fee.name === null ? '' : `${fee.name}: `}${fee.amount === null ? 'theo quy định của Hội đồng nhân dân thành phố' : formatVnd(fee.amount).replace(' ', '\u00a0')}`).join('; ')

const register = ({ register: entry }: Receipt): string =>
  entry === null ? 'Vào Sổ theo dõi hồ sơ điện tử theo mã hồ sơ.' : `Vào Sổ theo dõi hồ sơ, Quyển số: ${entry.book}, Số thứ tự: ${entry.position}`
