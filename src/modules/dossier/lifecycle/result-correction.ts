/** PURE. An error in a result that is out (domain.md §2.2, last row): a new one, signed by whoever signs, takes its place; each of the two says so. */
import { type PlainDate, dateOf } from '#kernel/plain-date.ts'
import { err, ok } from '#kernel/result.ts'
import { personal } from '#platform/log/private.ts'
import { type ResultFiled, corrected } from './correction.ts'
import { type Destination, pass } from './custody.ts'
import { type EventOf, type Noun, hideName } from './noun.ts'
import { laidOpen, overAgain } from './reopening.ts'
import { type ResultDraft, type ResultKind, fieldsFrom, withResult } from './results.ts'
import type { FileKept } from './state.ts'
import { destination, lastHolder } from './step-clock.ts'

type Replacing = { readonly kind: ResultKind; readonly title: string; readonly number: string; readonly issuedOn: PlainDate }
/** Of a paper that was drawn by a template; left out: a file from elsewhere, or paper only. */
type Drawn = Pick<ResultDraft, 'template' | 'fields'>
export type ResultCorrectionAct = { readonly action: 'correct-result'; readonly reason: string; readonly file: FileKept | null } & Replacing & Partial<Drawn>
export type ResultCorrectionEvent = EventOf<
  'dossier.result-corrected',
  { readonly reason: string; readonly before: ResultFiled; readonly after: ResultFiled; readonly file: FileKept | null; readonly to: Destination } & Partial<Drawn>
>
export type ResultCorrectionRefused =
  /** What is corrected keeps its number in the books; the new one has its own. */
  | { readonly code: 'number-of-the-old'; readonly number: string }
  | { readonly code: 'no-result' }
  | { readonly code: 'issued-before-replaced'; readonly issuedOn: PlainDate }

export const resultCorrection: Noun<ResultCorrectionAct, ResultCorrectionEvent> = {
  rules: { 'correct-result': { by: ['dossier.approve'], at: 'anywhere', spent: ({ results }) => (results.length === 0 ? { code: 'no-result' } : undefined) } },
  decide: {
    'correct-result': (state, { action: _, reason, file, template, fields, ...after }, facts) => {
      const { issuedOn } = after
      const { n, kind, title, number, issuedOn: on } = state.results.at(-1)!
      if (issuedOn > dateOf(facts.now)) return err({ code: 'issued-in-future', issuedOn })
      if (issuedOn < on) return err({ code: 'issued-before-replaced', issuedOn: on })
      if (state.results.some((r) => r.number === after.number)) return err({ code: 'number-of-the-old', number: after.number })
      const to = destination(state, 'RETURN', lastHolder(state, 'RETURN'), facts)
      return ok([{ type: 'dossier.result-corrected', data: { reason, before: { n, kind, title, number, issuedOn: on }, after: { n: n + 1, ...after }, file, ...(template != null && { template, fields: fields ?? {} }), to } }])
    },
  },
  evolve: {
    'dossier.result-corrected': (state, event) => {
      const { at, by } = event
      const { reason, before, after, file, template = null, fields = {}, to } = event.data
      // Handed over already: the new one waits at the desk for whoever has the old.
      const waiting = state.status === 'returned' ? overAgain(laidOpen(state, event, 'correct-result', { reason, to, promisedAt: null }), event) : { ...state, custody: pass(state.custody, event, 'correct-result', to, reason) }
      return {
        ...waiting,
        status: 'finished',
        results: withResult(state.results, { ...after, file, template, fields, approvedBy: by, issuedBy: by, issuedAt: at }),
        corrections: corrected(state, event, reason, { kind: 'result', before, after }),
      }
    },
  },
  hide: {
    // A title may say for whom it is.
    'dossier.result-corrected': ({ reason, before, after, file, template, fields, to }) => ({
      reason: personal(reason), before: { ...before, title: personal(before.title) }, after: { ...after, title: personal(after.title) }, file: file === null ? null : hideName(file), ...(template != null && { template, fields: personal(fields ?? {}) }), to,
    }),
  },
  restore: {
    'dossier.result-corrected': ({ fields, ...stored }: Stored) => ({ ...stored, ...(fields !== undefined && { fields: fieldsFrom(fields) }) }),
  },
}

type Stored = Omit<ResultCorrectionEvent['data'], 'fields'> & { readonly fields?: ResultDraft['fields'] | string }
