/** PURE. The register as paper: form 06 of 2018 and 07 of 2025, across the page (domain.md §4.2). */
import { longDay } from '#platform/pdf/official-parts.ts'
import { type Paper, bold, italic, text } from '#platform/pdf/paper.ts'
import { formNote } from './printed-parts.ts'
import { DELIVERY_WORDS, REGISTER_COLUMNS, type Register, contactOf, dayText } from './register-data.ts'

/** In hundredths of the width; numbers and dates narrow, names and addresses wide. */
const WIDTHS = [3.2, 17, 11.5, 4.8, 10.5, 15, 9.5, 8.4, 8.4, 8.4, 6.5, 8, 5.5] as const
const CENTRED = new Set([0, 3, 7, 8, 9, 10])

export const registerPaper = (register: Register): Paper => ({
  title: `${register.form.title} – ${register.unit}`,
  createdAt: register.printedAt,
  sheets: [
    {
      landscape: true,
      footer: `${register.form.title} · ${register.unit} · in ${longDay(register.printedAt)}`,
      blocks: [
        {
          kind: 'columns',
          columns: [
            { width: 0.4, blocks: [text(register.agency.toLocaleUpperCase('vi'), { size: 11, align: 'center', balance: true }), text(bold(register.unit.toLocaleUpperCase('vi')), { size: 11, align: 'center', balance: true }), { kind: 'rule', width: 0.3, before: 2 }] },
            { width: 0.6, blocks: [text(italic(formNote(register.form)), { size: 9, align: 'right' })] },
          ],
        },
        text(bold(register.form.title.toLocaleUpperCase('vi')), { size: 15, align: 'center', before: 8 }),
        text(italic(register.period), { size: 12, align: 'center', before: 1 }),
        {
          kind: 'table',
          size: 9,
          before: 8,
          columns: REGISTER_COLUMNS.map((title, i) => ({ title, width: WIDTHS[i] ?? 7, ...(CENTRED.has(i) && { align: 'center' as const }) })),
          rows: register.rows.map((row, i) => [
            String(i + 1), row.code, row.procedureName, String(row.sets), row.applicantName, contactOf(row), row.agencyName,
            dayText(row.receivedAt), dayText(row.dueAt), dayText(row.returnedAt), DELIVERY_WORDS[row.delivery], row.recipientName ?? '', row.remark ?? '',
          ]),
        },
        text(register.rows.length === 0 ? 'Không có hồ sơ nào.' : `Cộng: ${register.rows.length} hồ sơ.`, { size: 11, before: 6 }),
      ],
    },
  ],
})
