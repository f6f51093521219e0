/**
 * PURE. Form 01 as paper: two copies, one stays with the dossier, one goes with the applicant (domain.md §4.1–4.2).
 * The look-up secret stands on the applicant's copy only (decision 20).
 */
import { formatVnd } from '#kernel/money.ts'
import { longMoment, officialHead } from '#platform/pdf/official-parts.ts'
import { type Block, type Paper, type Sheet, type Span, bold, italic, text, together } from '#platform/pdf/paper.ts'
import { codeBox, field, formNote, ITEM, joined, signatures } from './printed-parts.ts'
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
  createdAt: receipts.reduce((latest, receipt) => (receipt.receivedAt > latest ? receipt.receivedAt : latest), receipts[0]!.receivedAt),
  sheets: receipts.flatMap((receipt) => COPIES.map((copy) => sheet(receipt, copy, publicUrl))),
})

const sheet = (receipt: Receipt, copy: Copy, publicUrl: string): Sheet => ({
  footer: `${receipt.code} · ${copy.name}`,
  blocks: [
    text(italic(formNote(receipt.form)), { size: 9, align: 'right' }),
    officialHead({
      parent: receipt.desk.agency,
      issuer: receipt.desk.name,
      number: `Số: ${receipt.number ?? receipt.code}${receipt.form.symbol === null ? '' : `/${receipt.form.symbol}`}`,
      place: receipt.desk.place,
      at: receipt.receivedAt,
    }),
    text(bold(receipt.form.title.toLocaleUpperCase('vi')), { size: 14, align: 'center', before: 8 }),
    text(['Mã hồ sơ: ', bold(receipt.code)], { align: 'center', before: 1 }),
    text(italic(`(${copy.name})`), { size: 12, align: 'center' }),
    codes(receipt, copy, publicUrl),
    ...body(receipt),
  ],
})

const codes = (receipt: Receipt, copy: Copy, publicUrl: string): Block => {
  const page = `${publicUrl}/tra-cuu`
  const how: readonly Span[] =
    copy.number === 2
      ? ['Tra cứu hồ sơ: quét mã hoặc vào ', bold(page), ', nhập mã hồ sơ và mã tra cứu ', bold(receipt.lookUpSecret), ' (hoặc 4 số cuối của điện thoại đã đăng ký).']
      : ['Tra cứu hồ sơ: quét mã hoặc vào ', bold(page), '. Mã tra cứu chỉ in trên liên 2.']
  return codeBox(receipt.code, publicUrl, how)
}

const SIZE = 12
const withPhone = (phone: string | null): string | null => (phone === null ? null : `điện thoại ${phone}`)

const body = (receipt: Receipt): readonly Block[] => [
  text(['Bộ phận tiếp nhận: ', joined(receipt.desk.name, receipt.desk.address, withPhone(receipt.desk.phone))], { ...ITEM, before: 7 }),
  text(['Tiếp nhận hồ sơ của: ', bold(receipt.applicant.name)], ITEM),
  field('Địa chỉ', receipt.applicant.address),
  {
    kind: 'columns',
    gap: 10,
    columns: [
      { width: 0.5, blocks: [field('Số điện thoại', receipt.applicant.phone)] },
      { width: 0.5, blocks: [field('Email', receipt.applicant.email)] },
    ],
  },
  ...(receipt.submitter === null ? [] : [field('Người nộp thay', joined(receipt.submitter.name, withPhone(receipt.submitter.phone)))]),
  text(['Nội dung yêu cầu giải quyết: ', bold(receipt.procedure.name), ` (mã\u00a0thủ\u00a0tục\u00a0${receipt.procedure.code})`], ITEM),
  ...papers(receipt),
  text(['2. Số lượng hồ sơ: ', bold(String(receipt.sets)), ' (bộ)'], ITEM),
  text(['3. Thời gian giải quyết hồ sơ theo quy định: ', bold(receipt.limit)], ITEM),
  text(['4. Thời gian nhận hồ sơ: ', bold(longMoment(receipt.receivedAt))], ITEM),
  text(['5. Thời gian trả kết quả giải quyết hồ sơ: ', bold(longMoment(receipt.dueAt))], ITEM),
  text(italic(`Vì sao là ngày này: ${receipt.dueReason}${receipt.provisional ? ' Ngày hẹn là dự kiến vì lịch nghỉ lễ của năm đó chưa được công bố.' : ''}`), { size: 11, indent: 14, hanging: 14 }),
  text([receipt.form.layout === '2018' ? '6. Đăng ký nhận kết quả tại: ' : '6. Đăng ký trả kết quả tại: ', receipt.resultDelivery], ITEM),
  ...(receipt.form.layout === '2018' ? [] : [text(['7. Phí, lệ phí: ', fees(receipt.fees)], ITEM)]),
  // Signatures never stand alone on a page.
  together([
    register(receipt),
    signatures({ title: 'NGƯỜI NỘP HỒ SƠ', name: receipt.submitter?.name ?? receipt.applicant.name }, { title: 'NGƯỜI TIẾP NHẬN HỒ SƠ', name: receipt.receivedBy }),
  ]),
]

const papers = (receipt: Receipt): readonly Block[] => {
  const label = text('1. Thành phần hồ sơ nộp gồm:', ITEM)
  if (receipt.form.layout === '2018') {
    return [
      label,
      ...receipt.papers.map((paper, i) =>
        text(`${i + 1}) ${paper.name} (${KIND_NAMES[paper.kind].toLocaleLowerCase('vi')}, số lượng ${paper.quantity})`, { size: SIZE, before: 1, indent: 14, hanging: 28, align: 'justify' }),
      ),
    ]
  }
  return [
    label,
    {
      kind: 'table',
      size: 11.5,
      before: 4,
      columns: [
        { title: 'TT', width: 0.07, align: 'center' },
        { title: 'Tên giấy tờ', width: 0.59 },
        { title: 'Loại', width: 0.21 },
        { title: 'Số lượng', width: 0.13, align: 'center' },
      ],
      rows: receipt.papers.map((paper, i) => [String(i + 1), paper.name, KIND_NAMES[paper.kind], String(paper.quantity)]),
    },
    { kind: 'space', height: 3 },
  ]
}

const fees = (list: readonly ReceiptFee[]): string =>
  list.length === 0
    ? 'Không thu'
    : list.map((fee) => `${fee.name === null ? '' : `${fee.name}: `}${fee.amount === null ? 'theo quy định của Hội đồng nhân dân thành phố' : formatVnd(fee.amount).replace(' ', '\u00a0')}`).join('; ')

const register = (receipt: Receipt): Block =>
  receipt.register === null
    ? text(['Vào Sổ theo dõi hồ sơ điện tử theo mã hồ sơ.'], ITEM)
    : text(`Vào Sổ theo dõi hồ sơ, Quyển số: ${receipt.register.book}, Số thứ tự: ${receipt.register.position}`, ITEM)
