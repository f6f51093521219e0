/** A dossier's events on their way into the log and back: what is personal goes to `log.private` (decision 5), fractions become text (decision 6). */
import type { Uuid } from '#kernel/ids.ts'
import type { Json } from '#kernel/digest.ts'
import type { NewEvent } from '#platform/log/append.ts'
import { ERASED, ERASED_TYPE, type EventData, personal } from '#platform/log/private.ts'
import type { LoggedEvent } from '#platform/log/read-stream.ts'
import type { Attachment, By, DossierEvent, FileKept, Happened, PersonSnapshot, Received, Recipient } from './state.ts'

export const toLogged = (event: DossierEvent): NewEvent => ({ type: event.type, data: dataOf(event) })

const dataOf = (event: DossierEvent): EventData => {
  switch (event.type) {
    case 'dossier.received': {
      const { limit, secret, applicant, submitter, attachments, deliveryAddress, remark, ...plain } = event.data
      return {
        ...plain,
        limit: { amount: String(limit.amount), unit: limit.unit },
        secret: personal(secret),
        applicant: personal(applicant),
        submitter: submitter === null ? null : personal(submitter),
        attachments: attachments.map(hideName),
        deliveryAddress: hide(deliveryAddress),
        remark: hide(remark),
      }
    }
    case 'dossier.code-issued':
      return event.data
    case 'dossier.result-issued':
      // A clerk may write for whom it is: "Giấy xác nhận … của ông Nguyễn Văn A".
      return { ...event.data, title: personal(event.data.title), file: event.data.file === null ? null : hideName(event.data.file) }
    case 'dossier.result-returned':
      return { recipient: personal(event.data.recipient) }
    case 'dossier.sent-back':
      return { to: event.data.to, reason: personal(event.data.reason) }
    case 'dossier.noted':
      return { text: personal(event.data.text) }
    default:
      return { to: event.data.to, note: hide(event.data.note) }
  }
}

const hide = (text: string | null) => (text === null ? null : personal(text))
/** People name their scans after themselves. */
const hideName = <F extends FileKept>(file: F) => ({ ...file, name: personal(file.name) })

type Kept<T extends DossierEvent['type']> = Extract<DossierEvent, { type: T }>['data']

/** @throws RangeError for an event that is not a dossier's */
export const fromLogged = (event: LoggedEvent): Happened => {
  const moment = { seq: event.seq, at: event.at, by: byOf(event.actor) }
  switch (event.type) {
    case 'dossier.received':
      return { ...moment, type: event.type, data: receivedFrom(event.data as StoredReception) }
    case 'dossier.code-issued':
      return { ...moment, type: event.type, data: event.data as Kept<'dossier.code-issued'> }
    case 'dossier.forwarded':
    case 'dossier.assigned':
    case 'dossier.taken':
    case 'dossier.approved':
      return { ...moment, type: event.type, data: event.data as Kept<'dossier.forwarded'> }
    case 'dossier.sent-back':
      return { ...moment, type: event.type, data: event.data as Kept<'dossier.sent-back'> }
    case 'dossier.result-issued':
      return { ...moment, type: event.type, data: event.data as Kept<'dossier.result-issued'> }
    case 'dossier.result-returned': {
      const { recipient } = event.data as { recipient: Recipient | string }
      return { ...moment, type: event.type, data: { recipient: typeof recipient === 'string' ? NOBODY : recipient } }
    }
    case 'dossier.noted':
      return { ...moment, type: event.type, data: event.data as Kept<'dossier.noted'> }
    case ERASED_TYPE:
      return { ...moment, type: ERASED_TYPE }
    default:
      throw new RangeError(`not an event of a dossier: ${event.type}`)
  }
}

type StoredReception = Omit<Received, 'limit' | 'applicant' | 'submitter' | 'attachments'> & {
  readonly limit: { readonly amount: string; readonly unit: Received['limit']['unit'] }
  readonly applicant: PersonSnapshot | string
  readonly submitter: Received['submitter'] | string
  readonly attachments: readonly Attachment[]
}

const receivedFrom = (stored: StoredReception): Received => ({
  ...stored,
  limit: { amount: Number(stored.limit.amount), unit: stored.limit.unit },
  applicant: typeof stored.applicant === 'string' ? ERASED_PERSON : stored.applicant,
  submitter: typeof stored.submitter === 'string' ? { ...ERASED_PERSON, relation: ERASED } : stored.submitter,
})

const ERASED_PERSON: PersonSnapshot = { kind: 'individual', name: ERASED, personalNumber: null, phone: null, address: null, email: null }
const NOBODY: Recipient = { kind: 'self', name: ERASED, idNumber: ERASED, signature: ERASED }

const byOf = (actor: Json): By => {
  const { person, post } = actor as { person?: Uuid; post?: Uuid }
  return { personId: person ?? null, postId: post ?? null }
}
