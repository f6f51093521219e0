/** PURE. Old and new of a correction, entry by entry, as they are read beside each other. */
import { formatVnd } from '#kernel/money.ts'
import { type Instant, formatDate, formatInstant } from '#kernel/plain-date.ts'
import { limitInVietnamese } from '#modules/calendar'
import type { Corrected, Entries, ProcedureFiled } from '../lifecycle/correction.ts'
import { DELIVERY_WORDS } from '../papers/register-data.ts'

const FIELDS = ['name', 'personalNumber', 'phone', 'address', 'email', 'delivery', 'deliveryAddress', 'procedure', 'methodRow', 'limit', 'due', 'countedDue', 'received', 'amount', 'noticeNumber', 'noticeOn', 'dueOn', 'resultKind', 'title', 'number', 'issuedOn'] as const
export type ChangedField = (typeof FIELDS)[number]
/** Null: there was nothing. */
export type Changed = { readonly field: ChangedField; readonly before: string | null; readonly after: string | null }

type Words = Partial<Record<ChangedField, string | null>>

/** Only what is another than it was. */
export const changesOf = (corrected: Corrected): readonly Changed[] => {
  const [before, after] = bothInWords(corrected)
  return FIELDS.flatMap((field): readonly Changed[] => {
    const [old = null, now = null] = [before[field], after[field]]
    return old === now ? [] : [{ field, before: old, after: now }]
  })
}

const bothInWords = (corrected: Corrected): readonly [Words, Words] => {
  switch (corrected.kind) {
    case 'entries':
      return [entries(corrected.before), entries(corrected.after)]
    case 'procedure':
      return [procedure(corrected.before), procedure(corrected.after)]
    case 'reception':
      return both(corrected, ({ receivedAt, dueAt, countedDueAt = null }) => ({ received: formatInstant(receivedAt), due: moment(dueAt), countedDue: moment(countedDueAt) }))
    case 'payment':
      return both(corrected, ({ amount, noticeNumber, noticeOn, dueOn }) => ({ amount: formatVnd(amount), noticeNumber, noticeOn: formatDate(noticeOn), dueOn: formatDate(dueOn) }))
    case 'result':
      return both(corrected, ({ kind, title, number, issuedOn }) => ({ resultKind: kind === 'granted' ? 'Giải quyết' : 'Từ chối giải quyết', title, number, issuedOn: formatDate(issuedOn) }))
  }
}

const both = <V>({ before, after }: { readonly before: V; readonly after: V }, words: (value: V) => Words): readonly [Words, Words] => [words(before), words(after)]
const moment = (at: Instant | null): string | null => (at === null ? null : formatInstant(at))

const entries = ({ applicant: { name, personalNumber, phone, address, email }, delivery, deliveryAddress }: Entries): Words => ({
  name, personalNumber, phone, address, email, delivery: DELIVERY_WORDS[delivery], deliveryAddress,
})
const procedure = ({ name, procedureCode, methodN, limit, dueAt, countedDueAt = null }: ProcedureFiled): Words => ({
  procedure: `${name} (${procedureCode})`, methodRow: `dòng ${methodN}`, limit: limitInVietnamese(limit), due: moment(dueAt), countedDue: moment(countedDueAt),
})
