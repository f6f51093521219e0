/** PURE. The result: drafted, numbered, issued (9), handed over (10). A written refusal to resolve is a result too (domain.md §2.2). */
import { err, ok } from '#kernel/result.ts'
import { type Instant, type PlainDate, dateOf } from '#kernel/plain-date.ts'
import { ERASED, personal } from '#platform/log/private.ts'
import { type By, type Destination, close, pass } from './custody.ts'
import type { Refusal } from './lifecycle.ts'
import { type EventOf, type Facts, type Noun, hideName, plain } from './noun.ts'
import type { DossierState, FileKept } from './state.ts'
import { firstFinish, overAgain } from './reopening.ts'
import { destination, stepAfter } from './step-clock.ts'

/** `declined`: a written refusal to resolve is a result too (domain.md §2.2). */
export type ResultKind = 'granted' | 'declined'
/** Which layout a result is drawn by. */
type TemplateKept = { readonly slug: string; readonly version: string }
/** What the officer proposes to sign; the last one counts. `fields` of the template as filled in, `file` where it was written elsewhere. */
export type ResultDraft = {
  readonly at: Instant
  readonly by: By
  readonly kind: ResultKind
  readonly title: string
  readonly template: TemplateKept | null
  readonly fields: Readonly<Record<string, string>>
  readonly file: FileKept | null
}
/** Number and date given by the clerk before the paper is drawn with them. */
type Numbered = { readonly at: Instant; readonly by: By; readonly number: string; readonly issuedOn: PlainDate }

type IssuedResult = {
  readonly n: number
  readonly kind: ResultKind
  readonly title: string
  readonly number: string
  readonly issuedOn: PlainDate
  readonly file: FileKept | null
  readonly template: TemplateKept | null
  readonly fields: Readonly<Record<string, string>>
  readonly approvedBy: By
  readonly issuedBy: By
  readonly issuedAt: Instant
  /** Number (`n`) of the result in whose place it came, and of the one that came in its own. */
  readonly replaces: number | null
  readonly replacedBy: number | null
}
/** `electronic`: released to the applicant's account · `postal`: handed to the postman. */
export type Recipient = {
  readonly kind: 'self' | 'authorised' | 'electronic' | 'postal'
  readonly name: string
  /** Number of the identity paper that was looked at; null where nobody stood at the counter. */
  readonly idNumber: string | null
  /** The evidence: what was signed, which authorisation was shown, the number of the mail item. */
  readonly signature: string
}
type HandOver = { readonly at: Instant; readonly by: By; readonly recipient: Recipient }

export type ResultsState = {
  readonly resultDraft: ResultDraft | null
  readonly numbered: Numbered | null
  readonly results: readonly IssuedResult[]
  readonly finishedAt: Instant | null
  readonly handOver: HandOver | null
}
export const NO_RESULTS = { resultDraft: null, numbered: null, results: [], finishedAt: null, handOver: null } as const satisfies ResultsState

type Issue = Pick<IssuedResult, 'kind' | 'title' | 'number' | 'issuedOn' | 'file'>
type Drafted = Omit<ResultDraft, 'at' | 'by'>
export type ResultsAct =
  | ({ readonly action: 'draft' } & Drafted)
  | { readonly action: 'number'; readonly number: string; readonly issuedOn: PlainDate }
  | ({ readonly action: 'issue' } & Issue & Pick<ResultDraft, 'template' | 'fields'>)
  | { readonly action: 'return'; readonly recipient: Recipient }
  | { readonly action: 'collect'; readonly recipient: Recipient }

export type ResultsEvent =
  | EventOf<'dossier.result-drafted', Drafted>
  | EventOf<'dossier.numbered', Pick<Numbered, 'number' | 'issuedOn'>>
  /** Template and fields are left out in events of before there were templates. */
  | EventOf<'dossier.result-issued', Issue & Partial<Pick<ResultDraft, 'template' | 'fields'>> & { readonly to: Destination }>
  | EventOf<'dossier.result-returned', { readonly recipient: Recipient }>

export type ResultsRefused =
  | { readonly code: 'numbered-already'; readonly number: string }
  | { readonly code: 'numbered-otherwise'; readonly number: string; readonly issuedOn: PlainDate }
  | { readonly code: 'issued-in-future'; readonly issuedOn: PlainDate }
  | { readonly code: 'issued-before-received'; readonly receivedOn: PlainDate }
  /** An account can only receive a file. */
  | { readonly code: 'result-without-file' }
  | { readonly code: 'applicant-without-account' }
  /** It is fetched at the desk or goes by post: a look at the file is no hand-over. */
  | { readonly code: 'delivered-otherwise' }

export const results: Noun<ResultsAct, ResultsEvent> = {
  rules: {
    draft: { by: ['step'], at: ['HANDLE', 'REVIEW', 'SIGN'], hands: 'own' },
    number: { by: ['dossier.issue'], at: ['CLERK'], spent: ({ numbered }) => (numbered === null ? undefined : { code: 'numbered-already', number: numbered.number }) },
    issue: { by: ['dossier.issue'], at: ['CLERK'], targets: stepAfter },
    return: { by: ['dossier.return'], at: ['RETURN'] },
    // Delivery on line is the release (domain.md §2.2, 9→10): whoever applied takes the file out themselves, and that is the hand-over.
    collect: {
      by: ['applicant'],
      at: ['RETURN'],
      spent: ({ delivery, results }) => (delivery !== 'online' ? { code: 'delivered-otherwise' } : (results.at(-1)?.file ?? null) === null ? { code: 'result-without-file' } : undefined),
    },
  },
  decide: {
    draft: (_, { action: __, ...draft }) => ok([{ type: 'dossier.result-drafted', data: draft }]),
    number: (state, { number, issuedOn }, facts) => {
      const wrong = wrongDate(state, issuedOn, facts)
      return wrong === undefined ? ok([{ type: 'dossier.numbered', data: { number, issuedOn } }]) : err(wrong)
    },
    issue: (state, { action: _, ...result }, facts, { targets: [ahead] }) => {
      const wrong = wrongDate(state, result.issuedOn, facts)
      if (wrong !== undefined) return err(wrong)
      const { numbered } = state
      if (numbered !== null && (numbered.number !== result.number || numbered.issuedOn !== result.issuedOn)) {
        return err({ code: 'numbered-otherwise', number: numbered.number, issuedOn: numbered.issuedOn })
      }
      return ok([{ type: 'dossier.result-issued', data: { ...result, to: destination(state, ahead!, null, facts) } }])
    },
    collect: (_, { recipient }) => ok([{ type: 'dossier.result-returned', data: { recipient } }]),
    return: (state, { recipient }) =>
      recipient.kind === 'electronic' && (state.results.at(-1)?.file ?? null) === null ? err({ code: 'result-without-file' }) : ok([{ type: 'dossier.result-returned', data: { recipient } }]),
  },
  evolve: {
    'dossier.result-drafted': (state, event) => ({ ...state, resultDraft: { ...event.data, at: event.at, by: event.by } }),
    'dossier.numbered': (state, event) => ({ ...state, numbered: { ...event.data, at: event.at, by: event.by } }),
    'dossier.result-issued': (state, event) => {
      const { to, template = null, fields = {}, ...result } = event.data
      const issued = { ...result, template, fields, approvedBy: state.approvedBy ?? event.by, issuedBy: event.by, issuedAt: event.at }
      return {
        ...overAgain(state, event),
        status: 'finished',
        // Of one that was opened again the first finish counts; when this one came, the result itself says.
        finishedAt: firstFinish(state) ?? event.at,
        numbered: null,
        results: withResult(state.results, issued),
        custody: pass(state.custody, event, 'issue', to, null),
      }
    },
    'dossier.result-returned': (state, event) => ({
      ...state,
      status: 'returned',
      handOver: { at: event.at, by: event.by, recipient: event.data.recipient },
      custody: close(state.custody, event, 'return', null),
    }),
  },
  hide: {
    'dossier.result-drafted': ({ title, fields, file, ...data }) => ({ ...data, title: personal(title), fields: personal(fields), file: file === null ? null : hideName(file) }),
    'dossier.numbered': plain,
    // A clerk may write for whom it is: "Giấy xác nhận … của ông Nguyễn Văn A".
    'dossier.result-issued': (data) => ({ ...data, title: personal(data.title), fields: personal(data.fields ?? {}), file: data.file === null ? null : hideName(data.file) }),
    'dossier.result-returned': ({ recipient }) => ({ recipient: personal(recipient) }),
  },
  restore: {
    'dossier.result-drafted': (stored: Drafted) => ({ ...stored, fields: fieldsFrom(stored.fields) }),
    'dossier.result-issued': (stored: Issue & Partial<ResultDraft> & { readonly to: Destination }) => ({ ...stored, fields: fieldsFrom(stored.fields ?? {}) }),
    'dossier.result-returned': ({ recipient }: { readonly recipient: Recipient | string }) => ({ recipient: typeof recipient === 'string' ? NOBODY : recipient }),
  },
}

/** A new result takes the place of the one before it; neither is taken out. */
export const withResult = (results: readonly IssuedResult[], issued: Omit<IssuedResult, 'n' | 'replaces' | 'replacedBy'>): readonly IssuedResult[] => {
  const n = results.length + 1
  const last = results.at(-1)
  return [...results.map((r) => (r === last ? { ...r, replacedBy: n } : r)), { ...issued, n, replaces: last?.n ?? null, replacedBy: null }]
}

/** Erased, they are one word. */
export const fieldsFrom = (fields: ResultDraft['fields'] | string): ResultDraft['fields'] => (typeof fields === 'string' ? {} : fields)
const NOBODY: Recipient = { kind: 'self', name: ERASED, idNumber: ERASED, signature: ERASED }

const wrongDate = (state: DossierState, issuedOn: PlainDate, facts: Facts): Refusal | undefined => {
  if (issuedOn > dateOf(facts.now)) return { code: 'issued-in-future', issuedOn }
  const receivedOn = dateOf(state.receivedAt ?? facts.now)
  return issuedOn < receivedOn ? { code: 'issued-before-received', receivedOn } : undefined
}
