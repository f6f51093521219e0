/** The calendar that the product ships (`data/calendars/`), checked when first asked for. */
import { z } from 'zod'
import { dayNumber, weekday } from '#kernel/plain-date.ts'
import shipped from '../../../data/calendars/civil-servants.json' with { type: 'json' }
import { CalendarDay, FIRST_YEAR, OfficeHours } from './calendar-day.ts'
import { type WorkingCalendar, buildWorkingCalendar } from './working-calendar.ts'

/** What must hold between a day's kind and its weekday. Holidays fall where they fall. */
export const contradiction = (day: Pick<CalendarDay, 'date' | 'kind'>): 'before-calendar' | 'already-working' | 'already-free' | undefined => {
  if (day.date < `${FIRST_YEAR}-01-01`) return 'before-calendar'
  const w = weekday(dayNumber(day.date))
  const weekend = w === 0 || w === 6
  if (day.kind === 'swapped-workday' && !weekend) return 'already-working'
  if ((day.kind === 'swapped-off' || day.kind === 'compensatory') && weekend) return 'already-free'
  return undefined
}

export const CalendarFile = z
  .object({ about: z.string(), checked: z.string(), days: z.array(CalendarDay), officeHours: z.array(OfficeHours) })
  .superRefine((file, issue) => {
    const byDate = new Map(file.days.map((day) => [day.date, day]))
    if (byDate.size !== file.days.length) issue.addIssue({ code: 'custom', message: 'a date stands twice' })
    for (const day of file.days) {
      const wrong = contradiction(day)
      if (wrong !== undefined) issue.addIssue({ code: 'custom', message: `${day.date}: ${wrong}` })
      if (day.pair !== null && byDate.get(day.pair)?.pair !== day.date) issue.addIssue({ code: 'custom', message: `${day.date}: its pair does not answer` })
    }
  })
export type CalendarFile = z.infer<typeof CalendarFile>

let checked: CalendarFile | undefined
/** @throws ZodError when the shipped file is broken: a fault of the build */
export const shippedCalendarFile = (): CalendarFile => (checked ??= CalendarFile.parse(shipped))

let built: WorkingCalendar | undefined
/** The shipped calendar with the default office hours, without a database: version 0. */
export const shippedCalendar = (): WorkingCalendar => (built ??= buildWorkingCalendar({ version: 0, ...shippedCalendarFile() }))
