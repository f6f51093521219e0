/** PURE. The letter that goes out with a refusal to resolve: no official form, so drawn as a plain letter of the agency (domain.md §2.2, NĐ 30/2020). */
import { longMoment, officialHead } from '#platform/pdf/official-parts.ts'
import { type Paper, bold, text, together } from '#platform/pdf/paper.ts'
import type { ApologyLetter } from './apology-data.ts'
import { ITEM, codeBox, field } from './printed-parts.ts'

const TITLE = 'Thư giải thích về việc từ chối giải quyết hồ sơ'
const PARAGRAPH = { ...ITEM, size: 13, before: 5, align: 'justify' } as const

/** @param publicUrl as `receiptPaper`: the QR code leads to the look-up */
export const explanationPaper = (letter: ApologyLetter, publicUrl: string): Paper => ({
  title: `${TITLE} ${letter.code}`,
  createdAt: letter.at,
  sheets: [
    {
      footer: letter.code,
      blocks: [
        officialHead({ parent: letter.parent, issuer: letter.agency, number: `Số: ${letter.number ?? '……'}`, place: letter.place, at: letter.number === null ? null : letter.at }),
        text(bold(TITLE.toLocaleUpperCase('vi')), { size: 14, align: 'center', before: 12, balance: true }),
        text(['Mã hồ sơ: ', bold(letter.code)], { align: 'center', before: 1 }),
        codeBox(letter.code, publicUrl, ['Theo dõi hồ sơ: quét mã hoặc vào ', bold(`${publicUrl}/tra-cuu`), '.']),
        text(['Kính gửi: ', bold(letter.person.name)], { ...ITEM, size: 13, before: 12 }),
        field('Địa chỉ', letter.person.address),
        text(`Lúc ${longMoment(letter.receivedAt)}, Ông/Bà nộp hồ sơ đề nghị giải quyết thủ tục “${letter.procedure.name}” (mã\u00a0thủ\u00a0tục\u00a0${letter.procedure.code}).`, PARAGRAPH),
        text(`Sau khi xem xét, ${letter.agency} không thể giải quyết theo đề nghị của Ông/Bà; văn bản kết quả đã nêu căn cứ.`, PARAGRAPH),
        text(['Lý do: ', letter.reason], PARAGRAPH),
        text('Ông/Bà có quyền nộp lại hồ sơ khi đủ điều kiện, hoặc phản ánh, kiến nghị, khiếu nại theo quy định của pháp luật. Rất mong nhận được sự thông cảm của Ông/Bà./.', PARAGRAPH),
        together([
          {
            kind: 'columns',
            gap: 10,
            before: 14,
            columns: [
              { width: 0.45, blocks: [] },
              { width: 0.55, blocks: [...letter.signer.authority.map((line) => text(bold(line), { align: 'center', size: 13 })), { kind: 'space', height: 54 }, text(bold(letter.signer.name), { align: 'center', size: 13 })] },
            ],
          },
        ]),
      ],
    },
  ],
})
