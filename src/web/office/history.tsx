/** What happened to a dossier, as the offices read it: who did what, with their words, and old beside new where something was put right. */
import type { Instant } from '#kernel/plain-date.ts'
import { type DossierView, stepTitle } from '#modules/dossier'
import { CHOSEN_WORDS } from '../assignment-words.ts'
import { type Moment, Timeline, shortInstant } from '../ui/index.ts'
import { ACTION_WORDS } from './action-words.ts'
import { BY_ITSELF, escalatedTo } from './apology-words.ts'
import { ChangedEntries } from './changed.tsx'
import { CONSULTATION_BY_ITSELF, silenceInWords } from './consultation-words.ts'

const happened = ({ what, text }: DossierView['timeline'][number]): string => {
  switch (what) {
    case 'received':
      return 'Tiếp nhận'
    case 'submit':
      return 'Nộp trực tuyến'
    case 'remind-consultation':
    case 'lapse-consultation':
      return CONSULTATION_BY_ITSELF[what]
    case 'apology-draft':
    case 'mark-late':
      return BY_ITSELF[what]
    case 'escalate':
      return escalatedTo(text)
    default:
      return ACTION_WORDS[what].past.replace(/^./u, (c) => c.toUpperCase())
  }
}

export const History = (props: { readonly dossier: DossierView; readonly now: Instant }) => {
  const { dossier: d, now } = props
  const moments: readonly Moment[] = d.timeline.map((entry, i) => {
    const post = entry.by.delegationId === undefined || entry.actor.post === null ? entry.actor.post : `thay ${entry.actor.post}`
    const who = [entry.actor.person, post].filter((v) => v !== null).join(', ') || 'Hệ thống'
    const verb = `${happened(entry)}${entry.rule === undefined ? '' : ` (tự động: ${CHOSEN_WORDS[entry.rule]})`}`
    const to = entry.to === null || entry.what === 'received' || entry.what === 'submit' ? '' : ` → ${stepTitle(entry.to.step)}`
    return {
      state: i === d.timeline.length - 1 && d.held !== null ? 'current' : 'done',
      title: (
        <>
          <b>{verb}</b>
          {to}
        </>
      ),
      detail: (
        <>
          {shortInstant(entry.at, now)} · {who}
          {entry.text !== null && entry.text !== '' && entry.what !== 'escalate' && <div class="said">{entry.what === 'lapse-consultation' ? silenceInWords(entry.text) : entry.text}</div>}
          {entry.changes !== undefined && <ChangedEntries changes={entry.changes} />}
        </>
      ),
    }
  })
  return (
    <section aria-labelledby="dien-bien">
      <h2 id="dien-bien">Diễn biến</h2>
      <Timeline label="Diễn biến" moments={moments} />
    </section>
  )
}
