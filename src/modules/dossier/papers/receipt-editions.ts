/** PURE. The receipt of a dossier as it was issued, and as it was issued anew after each correction: every edition is what the dossier was until the next. */
import type { Uuid } from '#kernel/ids.ts'
import { type Instant, dateOf, formatDate, formatInstant } from '#kernel/plain-date.ts'
import { type DossierState, type Happened, fold } from '../lifecycle/state.ts'
import type { Replacement } from './printed-form.ts'

/** `n` from 1. `issuedAt` null: as the reception gave it. */
export type ReceiptEdition = { readonly n: number; readonly of: number; readonly state: DossierState; readonly issuedAt: Instant | null; readonly replacement: Replacement }

/** Of what the receipt names: who applied, where the result goes, the procedure, the date. */
const REISSUES: ReadonlySet<Happened['type']> = new Set<Happened['type']>(['dossier.entries-corrected', 'dossier.procedure-corrected', 'dossier.reception-corrected'])

/** How many there are. */
export const receiptEditions = ({ corrections }: Pick<DossierState, 'corrections'>): number => 1 + corrections.filter((c) => c.kind !== 'payment' && c.kind !== 'result').length

/** @param n left out: the one that holds. Undefined: there is no such edition */
export const receiptEdition = (id: Uuid, events: readonly Happened[], n?: number): ReceiptEdition | undefined => {
  const cuts = events.flatMap((event, i) => (REISSUES.has(event.type) ? [i] : []))
  const of = cuts.length + 1
  const wanted = n ?? of
  const state = wanted < 1 || wanted > of ? undefined : fold(id, events.slice(0, cuts[wanted - 1]))
  if (state === undefined) return undefined
  const issuedAt = (edition: number): Instant | null => (edition === 1 ? null : events[cuts[edition - 2]!]!.at)
  const named = (edition: number): string => {
    const { receivedAt, dueAt, dueOriginalAt } = fold(id, events.slice(0, cuts[edition - 1]))!
    const due = dueAt ?? dueOriginalAt
    return `giấy lập ngày ${formatDate(dateOf(issuedAt(edition) ?? receivedAt ?? events[0]!.at))}${due === null ? '' : `, hẹn trả ${formatInstant(due)}`}`
  }
  return {
    n: wanted,
    of,
    state,
    issuedAt: issuedAt(wanted),
    replacement: { ...(wanted > 1 && { replaces: named(wanted - 1) }), ...(wanted < of && { replacedBy: named(wanted + 1) }) },
  }
}
