/** PURE. The register as paper: form 06 of 2018 and 07 of 2025, across the page (domain.md §4.2). */
import { longDay } from '#platform/pdf/official-parts.ts'
import type { Paper } from '#platform/pdf/paper.ts'
import { sheetOf } from './printed-form.ts'
import { DELIVERY_WORDS, type Register, contactOf, dayText, dueText, remarkText } from './register-data.ts'

export const registerPaper = (register: Register): Paper => ({
  title: `${register.form.title} – ${register.unit}`,
  createdAt: register.printedAt,
  sheets: [
    sheetOf(
      'register',
      { form: register.form, at: register.printedAt, code: null, agency: register.agency, issuer: register.unit, place: register.place, number: '' },
      '',
      { unit: register.unit, period: register.period, count: String(register.rows.length), empty: register.rows.length === 0 ? 'không có hồ sơ nào' : '', printedOn: longDay(register.printedAt) },
      {
        rows: register.rows.map((row, i) => ({
          n: String(i + 1), code: row.code, procedure: row.procedureName, sets: String(row.sets), applicant: row.applicantName, contact: contactOf(row), agency: row.agencyName,
          receivedOn: dayText(row.receivedAt), dueOn: dueText(row), returnedOn: dayText(row.returnedAt), delivery: DELIVERY_WORDS[row.delivery], recipient: row.recipientName ?? '', remark: remarkText(row),
        })),
      },
    ),
  ],
})
