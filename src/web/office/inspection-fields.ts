/** What is typed about a visit, as what the command takes. */
import { type Instant, dayNumber, instantAt, isPlainDate } from '#kernel/plain-date.ts'
import { tidy } from '#kernel/text.ts'

/** `8:30`, `08h30`, `08.30`; undefined for what is no time of a day. */
export const momentFrom = (day: string, time: string): Instant | undefined => {
  const found = /^([01]?\d|2[0-3])\s*[:.hg]\s*([0-5]\d)$/i.exec(time.trim())
  return found === null || !isPlainDate(day) ? undefined : instantAt(dayNumber(day), (Number(found[1]) * 60 + Number(found[2])) * 60_000)
}

type Present = { readonly name: string; readonly capacity: string }

/** A line each: the name before the first comma, as what they were there after it. */
export const peopleFrom = (lines: string): readonly Present[] =>
  lines.split('\n').map(tidy).filter((line) => line !== '').map((line) => {
    const comma = line.indexOf(',')
    return comma < 0 ? { name: line, capacity: '' } : { name: line.slice(0, comma), capacity: line.slice(comma + 1) }
  })
export const peopleInLines = (people: readonly Present[]): string => people.map(({ name, capacity }) => `${name}, ${capacity}`).join('\n')
