import type { Readable } from 'node:stream'
import type { Instant } from '#kernel/plain-date.ts'
import type { Ctx } from '#platform/ctx.ts'
import { type Cell, xlsxStream } from '#platform/xlsx/write-xlsx.ts'
import { daysOfNeed } from '../lifecycle/journey.ts'
import type { RegisterFilter } from '../register/filter.ts'
import { type RegisterEntry, registerRows } from '../register/register-rows.ts'
import { registerHead } from './get-register.ts'
import { DELIVERY_WORDS, REGISTER_COLUMNS, contactOf, dayText, remarkText } from './register-data.ts'

const WIDTHS = [6, 26, 38, 10, 26, 38, 30, 17, 17, 17, 14, 22, 24, 17, 9, 14] as const
/** Beyond the columns of the form: how long the citizen really waits, from the first contact, with every earlier attempt. */
const JOURNEY_COLUMNS = ['Liên hệ lần đầu', 'Số lần nộp', 'Thời gian thực của người dân (ngày)'] as const

/** The register as a spreadsheet, streamed; the reading is recorded by `registerRows`. @throws Forbidden outside what one may see, before anything is written */
export const registerXlsx = async (ctx: Ctx, filter: RegisterFilter): Promise<Readable> => {
  const head = await registerHead(ctx, filter)
  const plan = {
    name: 'Sổ theo dõi hồ sơ',
    title: [head.form.title.toLocaleUpperCase('vi'), head.unit, head.period],
    columns: [...REGISTER_COLUMNS, ...JOURNEY_COLUMNS].map((title, i) => ({ title, width: WIDTHS[i] ?? 16 })),
  }
  const rows = registerRows(ctx, filter)
  // The first line is asked for here, so that a refusal is an answer and not a broken file.
  const first = await rows.next()
  return xlsxStream(plan, numbered(first, rows, ctx.now), ctx.now)
}

async function* numbered(first: IteratorResult<RegisterEntry>, rest: AsyncIterator<RegisterEntry>, now: Instant): AsyncGenerator<readonly Cell[]> {
  let n = 0
  for (let next = first; next.done !== true; next = await rest.next()) {
    n += 1
    yield cellsOf(next.value, n, now)
  }
}

const moment = (at: RegisterEntry['receivedAt']): Cell => (at === null ? null : { at })

const cellsOf = (row: RegisterEntry, n: number, now: Instant): readonly Cell[] => [
  n, row.code, row.procedureName, row.sets, row.applicantName, contactOf(row), row.agencyName, moment(row.receivedAt), moment(row.dueAt), moment(row.returnedAt),
  DELIVERY_WORDS[row.delivery], row.recipientName ?? '', [remarkText(row), row.firstDueAt === null ? null : `${row.correctedAt === null ? 'Hẹn lại; hẹn gốc' : 'Hẹn đầu'} ${dayText(row.firstDueAt)}`].filter((part) => part !== null && part !== '').join('; '),
  moment(row.firstContactAt), row.attempts, daysOfNeed(row.firstContactAt, row.lastEndedAt, now),
]
