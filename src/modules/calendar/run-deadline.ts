/** The clock as a filter: questions as JSON lines in, answers as JSON lines out, in the same order. Needs no database. */
import { z } from 'zod'
import { type Instant, MS_PER_MINUTE, instant, isPlainDate, isoInstant } from '#kernel/plain-date.ts'
import { shippedCalendar } from './calendar-file.ts'
import { computeDeadline } from './compute-deadline.ts'
import { type Deadline, type DeadlineInput, LIMIT_UNITS } from './deadline.ts'
import { errorInEnglish } from './explain-in-words.ts'
import type { WorkingCalendar } from './working-calendar.ts'

const ISO = /^(\d{4}-\d{2}-\d{2})T([01]\d|2[0-3]):([0-5]\d)(?::([0-5]\d)(?:[.,](\d{1,9}))?)?(?:Z|([+-])(0\d|1[0-4]):?([0-5]\d))$/

/** ISO 8601 with an offset; digits beyond the millisecond are cut off. */
const Moment = z.string().transform((text, issue): Instant => {
  const parts = ISO.exec(text)
  const [, date = '', hour, minute, second = '0', fraction = '', sign, offsetHours = '0', offsetMinutes = '0'] = parts ?? []
  if (parts === null || !isPlainDate(date)) {
    issue.addIssue({ code: 'custom', message: `not a moment in ISO 8601 with an offset, as 2026-11-20T15:42:00+07:00: ${text.slice(0, 60)}` })
    return z.NEVER
  }
  const offset = (sign === '-' ? -1 : 1) * (Number(offsetHours) * 60 + Number(offsetMinutes))
  const time = ((Number(hour) * 60 + Number(minute) - offset) * 60 + Number(second)) * 1_000 + Number(fraction.padEnd(3, '0').slice(0, 3))
  return instant(Date.parse(`${date}T00:00:00Z`) + time)
})

/** `15:00`, `15:00:00` → ms of the day */
const TimeOfDay = z
  .string()
  .regex(/^([01]\d|2[0-3]):[0-5]\d(:[0-5]\d)?$/, 'not a time of day, as 15:00')
  .transform((text) => (Number(text.slice(0, 2)) * 60 + Number(text.slice(3, 5))) * MS_PER_MINUTE + Number(text.slice(6, 8)) * 1_000)

const Id = z.union([z.string(), z.number()])

/** One question. Amounts are judged by the clock itself (C13). Keys that it does not know are ignored. */
const Question = z.object({
  id: Id,
  start: Moment,
  limit: z.object({ amount: z.number(), unit: z.enum(LIMIT_UNITS) }),
  supplementMode: z.enum(['suspend', 'restart']).nullish(),
  suspensions: z
    .array(z.object({ from: Moment, to: Moment.nullable(), document: z.string().optional() }))
    .max(1_000)
    .nullish(),
  inDayCutoff: TimeOfDay.nullish(),
})
type Question = z.infer<typeof Question>

/** A line longer than this (characters) is refused unread. */
const MAX_LINE = 1_000_000

/**
 * Answers every line of `input` by one line to `write`; empty lines are passed over. A bad line gives `{id|null, line, error}`, `error` = `code: sentence`,
 * and the rest goes on.
 * @returns how many lines were answered and how many were bad
 */
export const runDeadline = async (
  input: AsyncIterable<string>,
  write: (line: string) => void | Promise<void>,
  calendar: WorkingCalendar = shippedCalendar(),
): Promise<{ readonly answered: number; readonly bad: number }> => {
  let line = 0
  let answered = 0
  let bad = 0
  for await (const raw of input) {
    line++
    const text = line === 1 ? raw.replace(/^\uFEFF/, '') : raw
    if (text.trim() === '') continue
    const answer = answerLine(calendar, text)
    if ('error' in answer) bad++
    else answered++
    await write(JSON.stringify('error' in answer ? { id: answer.id, line, error: answer.error } : answer))
  }
  return { answered, bad }
}

type Bad = { readonly id: string | number | null; readonly error: string }

const answerLine = (calendar: WorkingCalendar, text: string): Bad | ReturnType<typeof shown> => {
  if (text.length > MAX_LINE) return { id: null, error: `too-large: a line may have ${MAX_LINE} characters` }
  const value = parseJson(text)
  if (value === undefined) return { id: null, error: 'not-json: the line is not JSON' }
  const question = Question.safeParse(value)
  if (!question.success) return { id: idOf(value), error: wrongQuestion(question.error) }
  const answer = computeDeadline(calendar, inputOf(question.data))
  return answer.ok ? shown(question.data.id, answer.value) : { id: question.data.id, error: `${answer.error.code}: ${errorInEnglish(answer.error)}` }
}

const parseJson = (text: string): unknown => {
  try {
    return JSON.parse(text)
  } catch {
    return undefined
  }
}

const idOf = (value: unknown): string | number | null => {
  const id = z.object({ id: Id }).safeParse(value)
  return id.success ? id.data.id : null
}

/** `bad-start: start: …`: the first thing that is wrong, by the name of its field. */
const wrongQuestion = ({ issues }: z.ZodError): string => {
  const [issue] = issues
  const [field] = issue?.path ?? []
  const code = field === undefined ? 'not-an-object' : `bad-${String(field).replace(/[A-Z]/g, (c) => `-${c.toLowerCase()}`)}`
  return `${code}: ${issue?.path.join('.') ?? ''}${issue?.path.length ? ': ' : ''}${issue?.message ?? ''}`
}

const inputOf = ({ start, limit, supplementMode, suspensions, inDayCutoff }: Question): DeadlineInput => ({
  start,
  limit,
  supplementMode: supplementMode ?? 'suspend',
  suspensions: (suspensions ?? []).map(({ from, to, document }) => ({ from, to, ...(document === undefined ? {} : { document }) })),
  ...(inDayCutoff === undefined || inDayCutoff === null ? {} : { inDayCutoff }),
})

const shown = (id: string | number, { effectiveStart, dueAt, explanation, provisional }: Deadline) => ({
  id,
  effectiveStart: isoInstant(effectiveStart),
  dueAt: dueAt === null ? null : isoInstant(dueAt),
  explanation: explanation.map((line) => ({ ...line, from: isoInstant(line.from), to: line.to === null ? null : isoInstant(line.to) })),
  ...(provisional ? { provisional } : {}),
})
