/** PURE. Forms 02 and 03 as paper: the request to complete a dossier and the refusal to take it, in the layout of the regime (domain.md §4.1–4.2). */
import { formatDate } from '#kernel/plain-date.ts'
import { officialHead } from '#platform/pdf/official-parts.ts'
import { type Block, type Paper, bold, italic, text, together } from '#platform/pdf/paper.ts'
import type { CompletionRequestLetter, RefusalLetter } from './letter-data.ts'
import { codeBox, field, formNote, ITEM, joined, sign, signatures } from './printed-parts.ts'

/** @param publicUrl as `receiptPaper`: the QR code leads to the look-up */
export const completionRequestPaper = (letter: CompletionRequestLetter, publicUrl: string): Paper =>
  paperOf(letter, publicUrl, [
    ...about(letter, 'Hồ sơ của'),
    text(`${letter.form.layout === '2018' ? 'Yêu cầu hoàn thiện hồ sơ gồm những nội dung sau:' : 'Đề nghị bổ sung, hoàn thiện hồ sơ gồm những nội dung sau:'}`, ITEM),
    ...demands(letter),
    text(['Lý do: ', letter.reason], { ...ITEM, align: 'justify' }),
    ...(letter.until === null ? [] : [text(['Thời hạn hoàn thiện: ', bold(`đến hết ngày ${formatDate(letter.until)}`)], ITEM)]),
    text(
      `Trong quá trình hoàn thiện hồ sơ nếu có vướng mắc, Ông/Bà liên hệ với ${joined(letter.desk.name, letter.desk.address)}${letter.desk.phone === null ? '' : `, số điện thoại ${letter.desk.phone}`} để được hướng dẫn.`,
      { ...ITEM, align: 'justify' },
    ),
    together([{ kind: 'columns', gap: 10, before: 12, columns: [{ width: 0.5, blocks: [] }, { width: 0.5, blocks: sign('NGƯỜI HƯỚNG DẪN', letter.by) }] }]),
  ])

/** @param publicUrl see `completionRequestPaper` */
export const refusalPaper = (letter: RefusalLetter, publicUrl: string): Paper =>
  paperOf(letter, publicUrl, [
    ...about(letter, 'Tiếp nhận hồ sơ của'),
    text(`Qua xem xét, ${letter.desk.name} thông báo không tiếp nhận, giải quyết hồ sơ này với lý do cụ thể như sau:`, { ...ITEM, align: 'justify' }),
    ...(letter.ground === null ? [] : [text(bold(`${letter.ground}.`), { ...ITEM, indent: 14, hanging: 14 })]),
    text(letter.reason, { ...ITEM, align: 'justify', indent: 14, hanging: 14 }),
    ...(letter.legalBasis === null ? [] : [text(['Căn cứ pháp lý: ', letter.legalBasis], { ...ITEM, align: 'justify' })]),
    text('Xin thông báo cho Ông/Bà được biết và thực hiện./.', ITEM),
    ...(letter.form.layout === '2018' ? [] : [text(italic('Ông/Bà có quyền phản ánh, kiến nghị hoặc khiếu nại việc từ chối này theo quy định của pháp luật.'), { ...ITEM, size: 11 })]),
    together([signatures({ title: 'NGƯỜI NỘP HỒ SƠ', name: letter.person.name }, { title: 'NGƯỜI TIẾP NHẬN HỒ SƠ', name: letter.by })]),
  ])

type Letter = CompletionRequestLetter | RefusalLetter

const paperOf = (letter: Letter, publicUrl: string, body: readonly Block[]): Paper => ({
  title: joined(letter.form.title, letter.code),
  createdAt: letter.at,
  sheets: [
    {
      footer: joined(letter.code, formNote(letter.form)),
      blocks: [
        text(italic(formNote(letter.form)), { size: 9, align: 'right' }),
        officialHead({ parent: letter.desk.agency, issuer: letter.desk.name, number: numberOf(letter), place: letter.desk.place, at: letter.at }),
        text(bold(letter.form.title.toLocaleUpperCase('vi')), { size: 14, align: 'center', before: 12, balance: true }),
        ...(letter.code === null ? [] : [text(['Mã hồ sơ: ', bold(letter.code)], { align: 'center', before: 1 }), codeBox(letter.code, publicUrl, ['Theo dõi hồ sơ: quét mã hoặc vào ', bold(`${publicUrl}/tra-cuu`), '.'])]),
        { kind: 'space', height: 6 },
        ...body,
      ],
    },
  ],
})

/** Without a dossier the desk writes the number of its own book by hand. */
const numberOf = ({ form, code }: Letter): string => `Số: ${code ?? '…………'}${form.symbol === null ? '' : `/${form.symbol}`}`

const about = (letter: Letter, label: string): readonly Block[] => [
  text([`${label}: `, bold(letter.person.name)], ITEM),
  field('Địa chỉ', letter.person.address),
  { kind: 'columns', gap: 10, columns: [{ width: 0.5, blocks: [field('Số điện thoại', letter.person.phone)] }, { width: 0.5, blocks: [field('Email', letter.person.email)] }] },
  letter.procedure === null ? field('Nội dung yêu cầu giải quyết', null) : text(['Nội dung yêu cầu giải quyết: ', bold(letter.procedure.name), ` (mã\u00a0thủ\u00a0tục\u00a0${letter.procedure.code})`], ITEM),
]

const demands = ({ form, items }: CompletionRequestLetter): readonly Block[] =>
  form.layout === '2018'
    ? items.map((item, i) => text(`${i + 1}. ${item}`, { ...ITEM, indent: 14, hanging: 28, align: 'justify' }))
    : [
        {
          kind: 'table',
          size: 11.5,
          before: 4,
          columns: [
            { title: 'TT', width: 0.07, align: 'center' },
            { title: 'Nội dung cần bổ sung, hoàn thiện', width: 0.93 },
          ],
          rows: items.map((item, i) => [String(i + 1), item]),
        },
        { kind: 'space', height: 3 },
      ]

