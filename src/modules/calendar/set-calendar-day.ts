import { z } from 'zod'
import { isUuid } from '#kernel/ids.ts'
import { type PlainDate, isPlainDate } from '#kernel/plain-date.ts'
import { type Result, err, ok } from '#kernel/result.ts'
import { tidy } from '#kernel/text.ts'
import { authorise } from '#modules/access'
import type { Ctx } from '#platform/ctx.ts'
import { inTx } from '#platform/db/db.ts'
import { granted, orRefused } from '#platform/refused.ts'
import { once } from '#platform/request.ts'
import { DAY_KINDS, type CalendarDay } from './calendar-day.ts'
import { contradiction } from './calendar-file.ts'
import type { CalendarEvent, CalendarState } from './calendar-state.ts'
import { loadForUpdate, store } from './calendar-store.ts'

const Day = z.string().refine(isPlainDate, 'not a day')

/** COMMAND. A day that differs from the ordinary week, or another word about one that does. `source`: the law or notice that it rests on. */
export const SetCalendarDay = z.object({
  submissionKey: z.string().refine(isUuid),
  date: Day,
  kind: z.enum(DAY_KINDS),
  name: z.string().transform(tidy).pipe(z.string().min(1).max(200)),
  source: z.string().transform(tidy).pipe(z.string().min(1).max(500)),
  status: z.enum(['announced', 'projected']),
  pair: Day.nullable().default(null),
  note: z.string().transform(tidy).pipe(z.string().max(500)).nullable().default(null),
})
export type SetCalendarDay = z.infer<typeof SetCalendarDay>

export type CalendarDayRefusal =
  /** C14: the calendar begins in 2020. */
  | { readonly code: 'before-calendar' }
  /** Only a Saturday or Sunday can be swapped into a working day. */
  | { readonly code: 'already-working' }
  /** A weekend day is free already: only a holiday may fall on it. */
  | { readonly code: 'already-free' }
  /** Both days of a swap name each other; a day is not swapped with itself, and only swapped days have a partner. */
  | { readonly code: 'bad-pair' }
  | { readonly code: 'nothing-changed' }
  | { readonly code: 'no-such-day'; readonly date: PlainDate }

export type CalendarChanged = { readonly version: number }

/** PURE */
const decideDay = (state: CalendarState, day: CalendarDay): Result<CalendarEvent, CalendarDayRefusal> => {
  const wrong = contradiction(day)
  if (wrong !== undefined) return err({ code: wrong })
  const swapped = day.kind === 'swapped-off' || day.kind === 'swapped-workday'
  if (day.pair !== null && (!swapped || day.pair === day.date)) return err({ code: 'bad-pair' })
  const known = state.days.get(day.date)
  if (known !== undefined && (Object.keys(day) as (keyof CalendarDay)[]).every((key) => known[key] === day[key])) return err({ code: 'nothing-changed' })
  return ok({ type: 'calendar.day-set', data: { day, origin: 'person' } })
}

/** Due dates already given keep their date: they were computed with the version that stands on the dossier. @throws Forbidden */
export const setCalendarDay = async (ctx: Ctx, input: SetCalendarDay): Promise<Result<CalendarChanged, CalendarDayRefusal>> => {
  const post = authorise(ctx, 'calendar.edit')
  const { submissionKey, ...day } = input
  return orRefused(() =>
    inTx(ctx, (ctx) =>
      once(ctx, { command: 'calendar.set-day', key: submissionKey, input: day }, async () => {
        const state = await loadForUpdate(ctx)
        const { version } = await store(ctx, state, [granted(decideDay(state, day))], post?.postId)
        return { version }
      }),
    ),
  )
}
