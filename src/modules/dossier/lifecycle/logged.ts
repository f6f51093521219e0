/** A dossier's events on their way into the log and back: what is personal goes to `log.private` (decision 5), fractions become text (decision 6). */
import type { Uuid } from '#kernel/ids.ts'
import type { Json } from '#kernel/digest.ts'
import type { NewEvent } from '#platform/log/append.ts'
import { ERASED, ERASED_TYPE, type EventData, personal } from '#platform/log/private.ts'
import type { LoggedEvent } from '#platform/log/read-stream.ts'
import type { Accepted, By, DossierEvent, FileKept, FormKept, Happened, PersonSnapshot, Received, Recipient, ResultDraft, Submitted } from './state.ts'

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
    case 'dossier.submitted': {
      const { limit, secret, applicant, submitter, attachments, deliveryAddress, remark, form, ...plain } = event.data
      return {
        ...plain,
        limit: { amount: String(limit.amount), unit: limit.unit },
        secret: personal(secret),
        applicant: personal(applicant),
        submitter: submitter === null ? null : personal(submitter),
        attachments: attachments.map(hideName),
        deliveryAddress: hide(deliveryAddress),
        remark: hide(remark),
        form: form === null ? null : hideAnswers(form),
      }
    }
    case 'dossier.accepted':
      return { ...event.data, limit: { amount: String(event.data.limit.amount), unit: event.data.limit.unit } }
    case 'dossier.completion-requested':
      return { ...event.data, items: personal(event.data.items), reason: personal(event.data.reason) }
    case 'dossier.completed': {
      const { form, attachments, note, ...plain } = event.data
      return { ...plain, form: form === null ? null : hideAnswers(form), attachments: attachments.map(hideName), note: hide(note) }
    }
    case 'dossier.refused':
      return { ...event.data, reason: personal(event.data.reason) }
    case 'dossier.result-drafted': {
      const { title, fields, file, ...plain } = event.data
      return { ...plain, title: personal(title), fields: personal(fields), file: file === null ? null : hideName(file) }
    }
    case 'dossier.code-issued':
    case 'dossier.numbered':
      return event.data
    case 'dossier.result-issued':
      // A clerk may write for whom it is: "Giấy xác nhận … của ông Nguyễn Văn A".
      return { ...event.data, title: personal(event.data.title), fields: personal(event.data.fields ?? {}), file: event.data.file === null ? null : hideName(event.data.file) }
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
/** What a citizen wrote of themselves, as a whole: one value to hide, one to erase. */
const hideAnswers = (form: FormKept) => ({ ...form, answers: personal(form.answers) })
/** People name their scans after themselves. */
const hideName = <F extends FileKept>(file: F) => ({ ...file, name: personal(file.name) })

type Kept<T extends DossierEvent['type']> = Extract<DossierEvent, { type: T }>['data']

/** @throws RangeError for an event that is not a dossier's */
export const fromLogged = (event: LoggedEvent): Happened => {
  const moment = { seq: event.seq, at: event.at, by: byOf(event.actor) }
  switch (event.type) {
    case 'dossier.received':
      return { ...moment, type: event.type, data: filedFrom(event.data as StoredFiling<Received>) }
    case 'dossier.submitted':
      return { ...moment, type: event.type, data: filedFrom(event.data as StoredFiling<Submitted>) }
    case 'dossier.accepted': {
      const data = event.data as Omit<Accepted, 'limit'> & { readonly limit: StoredLimit }
      return { ...moment, type: event.type, data: { ...data, limit: limitFrom(data.limit) } }
    }
    case 'dossier.completion-requested': {
      const data = event.data as Kept<'dossier.completion-requested'>
      return { ...moment, type: event.type, data: { ...data, items: typeof data.items === 'string' ? [ERASED] : data.items } }
    }
    case 'dossier.completed':
      return { ...moment, type: event.type, data: event.data as Kept<'dossier.completed'> }
    case 'dossier.refused':
      return { ...moment, type: event.type, data: event.data as Kept<'dossier.refused'> }
    case 'dossier.result-drafted': {
      const data = event.data as Kept<'dossier.result-drafted'>
      return { ...moment, type: event.type, data: { ...data, fields: fieldsFrom(data.fields) } }
    }
    case 'dossier.numbered':
      return { ...moment, type: event.type, data: event.data as Kept<'dossier.numbered'> }
    case 'dossier.code-issued':
      return { ...moment, type: event.type, data: event.data as Kept<'dossier.code-issued'> }
    case 'dossier.forwarded':
    case 'dossier.assigned':
    case 'dossier.taken':
    case 'dossier.approved':
      return { ...moment, type: event.type, data: event.data as Kept<'dossier.forwarded'> }
    case 'dossier.sent-back':
      return { ...moment, type: event.type, data: event.data as Kept<'dossier.sent-back'> }
    case 'dossier.result-issued': {
      const data = event.data as Kept<'dossier.result-issued'>
      return { ...moment, type: event.type, data: { ...data, fields: fieldsFrom(data.fields ?? {}) } }
    }
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

type StoredLimit = { readonly amount: string; readonly unit: Received['limit']['unit'] }
type StoredFiling<F extends Received | Submitted> = Omit<F, 'limit' | 'applicant' | 'submitter'> & {
  readonly limit: StoredLimit
  readonly applicant: PersonSnapshot | string
  readonly submitter: Received['submitter'] | string
}

const limitFrom = ({ amount, unit }: StoredLimit) => ({ amount: Number(amount), unit })
/** Erased, they are one word. */
const fieldsFrom = (fields: ResultDraft['fields'] | string): ResultDraft['fields'] => (typeof fields === 'string' ? {} : fields)

const filedFrom = <F extends Received | Submitted>(stored: StoredFiling<F>) => ({
  ...stored,
  limit: limitFrom(stored.limit),
  applicant: typeof stored.applicant === 'string' ? ERASED_PERSON : stored.applicant,
  submitter: typeof stored.submitter === 'string' ? { ...ERASED_PERSON, relation: ERASED } : stored.submitter,
})

const ERASED_PERSON: PersonSnapshot = { kind: 'individual', name: ERASED, personalNumber: null, phone: null, address: null, email: null }
const NOBODY: Recipient = { kind: 'self', name: ERASED, idNumber: ERASED, signature: ERASED }

const byOf = (actor: Json): By => {
  const { person, post } = actor as { person?: Uuid; post?: Uuid }
  return { personId: person ?? null, postId: post ?? null }
}
