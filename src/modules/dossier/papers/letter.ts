/** PURE. Forms 02 and 03 as paper: the request to complete a dossier and the refusal to take it, in the layout of the regime (domain.md §4.1–4.2). */
import { formatDate } from '#kernel/plain-date.ts'
import type { Paper, Sheet } from '#platform/pdf/paper.ts'
import type { PaperSlug } from './layouts/layout.ts'
import type { CompletionRequestLetter, RefusalLetter } from './letter-data.ts'
import { sheetOf } from './printed-form.ts'
import { joined } from './printed-parts.ts'

/** @param publicUrl as `receiptPaper`: the QR code leads to the look-up */
export const completionRequestPaper = (letter: CompletionRequestLetter, publicUrl: string): Paper =>
  paperOf(letter, sheet('supplement', letter, publicUrl, {
    until: letter.until === null ? '' : `đến hết ngày ${formatDate(letter.until)}`,
    contact: `${joined(letter.desk.name, letter.desk.address)}${letter.desk.phone === null ? '' : `, số điện thoại ${letter.desk.phone}`}`,
    clockEffect: letter.clockEffect ?? '',
  }, { items: letter.items.map((item, i) => ({ n: String(i + 1), text: item })) }))

/** @param publicUrl see `completionRequestPaper` */
export const refusalPaper = (letter: RefusalLetter, publicUrl: string): Paper =>
  paperOf(letter, sheet('refusal', letter, publicUrl, { ground: letter.ground === null ? '' : `${letter.ground}.`, legalBasis: letter.legalBasis }))

type Letter = CompletionRequestLetter | RefusalLetter

const paperOf = (letter: Letter, drawn: Sheet): Paper => ({ title: joined(letter.form.title, letter.code), createdAt: letter.at, sheets: [drawn] })

const sheet = (slug: PaperSlug, letter: Letter, publicUrl: string, more: Readonly<Record<string, string | null>>, lists: Parameters<typeof sheetOf>[4] = {}): Sheet => {
  const { desk, person, procedure } = letter
  return sheetOf(
    slug,
    { form: letter.form, at: letter.at, code: letter.code, agency: desk.agency, issuer: desk.name, place: desk.place, number: numberOf(letter), ...letter.replacement },
    publicUrl,
    {
      deskLine: joined(desk.name, desk.address, desk.phone === null ? null : `điện thoại ${desk.phone}`),
      applicant: person.name,
      address: person.address,
      phone: person.phone,
      email: person.email,
      procedure: procedure?.name ?? '',
      procedureCode: procedure?.code ?? '',
      reason: letter.reason,
      by: letter.by,
      ...more,
    },
    lists,
  )
}

/** Without a dossier the desk writes the number of its own book by hand. */
const numberOf = ({ form, code }: Letter): string => `Số: ${code ?? '…………'}${form.symbol === null ? '' : `/${form.symbol}`}`
