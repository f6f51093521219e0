/** What the working calendar is made of: days that differ from the ordinary week, and office hours. Shapes of the data file, the events and the clock. */
import { z } from 'zod'
import { type Uuid, isUuid } from '#kernel/ids.ts'
import { type PlainDate, isPlainDate } from '#kernel/plain-date.ts'

/** C14: the calendar is data from this year on. */
export const FIRST_YEAR = 2020

/** C2. Only `swapped-workday` makes a day work; the three others make it free. */
export const DAY_KINDS = ['holiday', 'compensatory', 'swapped-off', 'swapped-workday'] as const
export type DayKind = (typeof DAY_KINDS)[number]

const Day = z.string().refine((text): text is PlainDate => isPlainDate(text), 'not a day')
/** `07:30`, minutes only: office hours are announced so. */
const ClockTime = z.string().regex(/^([01]\d|2[0-3]):[0-5]\d$/)
/** `MM-DD`; 29 February is left out, a season that ends then ends on the 28th. */
const DayOfYear = z.string().regex(/^(0[1-9]|1[0-2])-(0[1-9]|[12]\d|3[01])$/)

/** One entry of the calendar. `status: projected` = expected, not announced: its year is provisional (C14). `pair` = the other day of a swap. */
export const CalendarDay = z.object({
  date: Day,
  kind: z.enum(DAY_KINDS),
  name: z.string().min(1).max(200),
  source: z.string().max(500),
  status: z.enum(['announced', 'projected']),
  pair: Day.nullable(),
  note: z.string().max(500).nullable(),
})
export type CalendarDay = z.infer<typeof CalendarDay>

export const Session = z.object({ opens: ClockTime, closes: ClockTime }).refine((s) => s.opens < s.closes, 'closes before it opens')
export type Session = z.infer<typeof Session>

export const Sessions = z
  .array(Session)
  .min(1)
  .max(4)
  .refine((all) => all.every((s, i) => i === 0 || (all[i - 1]?.closes ?? '') < s.opens), 'sessions overlap or are out of order')

/** Part of every year in which these hours hold, both days included; it may run over the new year. */
export const Season = z.object({ from: DayOfYear, to: DayOfYear })
export type Season = z.infer<typeof Season>

/**
 * C3. `agencyId` null = every agency that has none of its own. An agency's own hours win over the default, hours with a season over hours for the
 * whole year, and among equals those valid from the later day.
 */
export const OfficeHours = z.object({
  id: z.string().refine((text): text is Uuid => isUuid(text), 'not an id'),
  agencyId: z
    .string()
    .refine((text): text is Uuid => isUuid(text), 'not an id')
    .nullable(),
  sessions: Sessions,
  validFrom: Day,
  validTo: Day.nullable(),
  season: Season.nullable(),
})
export type OfficeHours = z.infer<typeof OfficeHours>

/** C3: what holds where nothing was entered. */
export const DEFAULT_SESSIONS: readonly Session[] = [
  { opens: '07:30', closes: '11:30' },
  { opens: '13:30', closes: '17:30' },
]
