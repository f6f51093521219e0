import type { Child } from 'hono/jsx'
import { type Instant, MS_PER_DAY, dateOf, dayNumberOf, formatDate, formatTime } from '#kernel/plain-date.ts'
import { useWord } from './lang.ts'
import { Icon, type IconName } from './icon.tsx'

/** Colour only for meaning, and never alone: the text says it too, and each tone has its own mark. */
export type Tone = 'ok' | 'soon' | 'late' | 'paused' | 'plain'

const MARKS: Readonly<Record<Tone, IconName | undefined>> = { ok: 'check', soon: 'clock', late: 'alert', paused: 'pause', plain: undefined }

export const Badge = (props: { readonly tone?: Tone; readonly mark?: boolean; readonly children?: Child }) => {
  const tone = props.tone ?? 'plain'
  const mark = props.mark === false ? undefined : MARKS[tone]
  return (
    <span class={`badge ${tone}`}>
      {mark !== undefined && <Icon name={mark} />}
      {props.children}
    </span>
  )
}

const MS_PER_HOUR = 3_600_000

/** `3 giờ`, `2 ngày`: whole units, at least 1. */
const span = (ms: number, word: ReturnType<typeof useWord>): string => {
  if (ms >= 2 * MS_PER_DAY) return `${Math.floor(ms / MS_PER_DAY)} ${word({ vi: 'ngày', en: 'days' })}`
  if (ms >= MS_PER_HOUR) return `${Math.floor(ms / MS_PER_HOUR)} ${word({ vi: 'giờ', en: 'h' })}`
  return `${Math.max(1, Math.floor(ms / 60_000))} ${word({ vi: 'phút', en: 'min' })}`
}

/** `26/11 17:30`; with the year when it is not this one. */
export const shortInstant = (at: Instant, now: Instant): string => {
  const date = formatDate(dateOf(at))
  return `${date.slice(6) === formatDate(dateOf(now)).slice(6) ? date.slice(0, 5) : date} ${formatTime(at)}`
}

export type DeadlineState = 'running' | 'paused' | 'done' | 'done-late'

/** Late, due today, on time, paused: decided from the two moments, unless `late` says what the rule of the dossier found. `dueAt` null: no date while a suspension is open. */
export const deadlineTone = (dueAt: Instant | null, now: Instant, state: DeadlineState = 'running', late: boolean = dueAt !== null && now > dueAt): Tone => {
  if (state === 'done') return 'ok'
  if (state === 'done-late') return 'late'
  if (state === 'paused' || dueAt === null) return 'paused'
  if (late) return 'late'
  return dayNumberOf(dueAt) - dayNumberOf(now) < 1 ? 'soon' : 'ok'
}

/** A date that says what it means: `quá 3 giờ`, `hôm nay 11:30`, `26/11 17:30`, `tạm dừng 2 ngày`. */
export const DeadlineBadge = (props: {
  readonly dueAt: Instant | null
  readonly now: Instant
  readonly state?: DeadlineState
  /** Since when the clock stands still. */
  readonly pausedFrom?: Instant
  /** Of a dossier: its promise is kept by the day (`isPastDue`). Left out: the moment decides, as for a step. */
  readonly late?: boolean
}) => {
  const word = useWord()
  const tone = deadlineTone(props.dueAt, props.now, props.state, props.late)
  const text = (() => {
    if (props.state === 'done') return word({ vi: 'đúng hạn', en: 'on time' })
    if (props.state === 'done-late') return word({ vi: 'trễ hạn', en: 'late' })
    if (tone === 'paused') return `${word({ vi: 'tạm dừng', en: 'paused' })}${props.pausedFrom === undefined ? '' : ` ${span(props.now - props.pausedFrom, word)}`}`
    if (props.dueAt === null) return ''
    if (tone === 'late') return `${word({ vi: 'quá', en: 'late by' })} ${span(props.now - props.dueAt, word)}`
    if (tone === 'soon') return `${word({ vi: 'hôm nay', en: 'today' })} ${formatTime(props.dueAt)}`
    return shortInstant(props.dueAt, props.now)
  })()
  return <Badge tone={tone}>{text}</Badge>
}
