import { type Instant, dayNumberOf, instantAt } from '#kernel/plain-date.ts'
import type { ExplanationLine } from './deadline.ts'

/**
 * For screens and paper: runs of working days taken apart into single days, as long as the whole stays readable. Adds up to the same.
 * @param most lines; a longer explanation is given back as it was
 */
export const byDay = (lines: readonly ExplanationLine[], most = 31): readonly ExplanationLine[] => {
  const days = lines.flatMap((line) => (line.reason === 'working-day' && line.to !== null && line.counted > 1 ? split(line, line.to) : [line]))
  return days.length <= most ? days : lines
}

const split = (line: ExplanationLine, to: Instant): readonly ExplanationLine[] => {
  const first = dayNumberOf(line.from)
  return Array.from({ length: line.counted }, (_, i) => ({
    ...line,
    from: i === 0 ? line.from : instantAt(first + i),
    to: i === line.counted - 1 ? to : instantAt(first + i + 1),
    counted: 1,
  }))
}
