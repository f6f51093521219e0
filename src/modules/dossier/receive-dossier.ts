import { z } from 'zod'
import { type Uuid, isUuid } from '#kernel/ids.ts'
import { type Instant, dateOf } from '#kernel/plain-date.ts'
import type { Result } from '#kernel/result.ts'
import { tidy } from '#kernel/text.ts'
import { authorise } from '#modules/access'
import type { Ctx } from '#platform/ctx.ts'
import { inTx } from '#platform/db/db.ts'
import { newId } from '#platform/ids.ts'
import { appendTo } from '#platform/log/append.ts'
import { onceRead } from '#platform/request.ts'
import { claimFiles, filesByContent } from './claim-files.ts'
import { insertDossier, takeCode } from './dossier-store.ts'
import { attemptsBefore } from './journey/earlier-attempts.ts'
import { linkedAtFiling } from './lifecycle/journey.ts'
import { toLogged } from './lifecycle/logged.ts'
import { type ReceptionRefusal, decideReception } from './lifecycle/reception.ts'
import { rowsOf } from './lifecycle/rows.ts'
import { type DossierEvent, begin, evolve } from './lifecycle/state.ts'
import { filingOf, prepareReception } from './prepare-reception.ts'
import { granted, orRefused } from '#platform/refused.ts'

const Id = z.string().refine(isUuid)
const line = (max: number) => z.string().transform(tidy).pipe(z.string().min(1).max(max))
const count = z.int().min(0).max(99)

/** COMMAND. What the desk hands in; shapes only, the rules are in `decideReception`. */
export const ReceiveDossier = z.object({
  /** A UUIDv7 made with the form: a repeat gets the first answer (decision 17). */
  submissionKey: Id,
  deskId: Id,
  procedureCode: z.string().max(40),
  /** The revision that the page showed; left out: whichever is in force. */
  revisionId: Id.optional(),
  methodRow: z.int().min(1),
  applicantId: Id,
  /** Who stands at the counter, where it is someone else; then `relation` says by what right. */
  submitter: z.object({ personId: Id, relation: line(100) }).optional(),
  /** Papers ticked, by number in the revision, with the uploads that are their scans. */
  components: z.array(z.object({ n: z.int().min(1), originals: count, copies: count, uploadIds: z.array(Id).max(20).default([]) })).max(100),
  /** Uploads that belong to no published paper. */
  otherUploadIds: z.array(Id).max(20).default([]),
  /** Số lượng hồ sơ (bộ). */
  sets: z.int().min(1).max(20).default(1),
  delivery: z.enum(['counter', 'postal', 'online']).default('counter'),
  deliveryAddress: line(300).optional(),
  remark: line(1000).optional(),
})
export type ReceiveDossier = z.infer<typeof ReceiveDossier>

export type ReceivedDossier = { readonly id: Uuid; readonly code: string; readonly dueAt: Instant }

/**
 * Receives a dossier at the counter: due date and its explanation, process, first custody, code, look-up secret, files, in one transaction.
 * A refusal leaves nothing behind, not even the submission key.
 * @throws Forbidden outside the actor's desk or the procedures of their delegation · NotFound for an unknown person or desk · Stale for a submission key used for something else
 */
export const receiveDossier = async (ctx: Ctx, input: ReceiveDossier): Promise<Result<ReceivedDossier, ReceptionRefusal>> => {
  const post = authorise(ctx, 'dossier.receive', { unitId: input.deskId, procedureCode: input.procedureCode })
  const { submissionKey, ...content } = input
  const submitted = { ...content, ...(await filesByContent(ctx, content)) }
  const prepared = await prepareReception(ctx, input)
  return orRefused(() =>
    inTx(ctx, (ctx) =>
      onceRead(ctx, { command: 'dossier.receive', key: submissionKey, input: submitted, keepDays: 400 }, async () => (prepared.ok ? attemptsBefore(ctx, filingOf(prepared.value.facts)) : []), async (attempts) => {
        const { facts, agencyCode } = granted(prepared)
        const id = newId(ctx.now)
        const attachments = granted(await claimFiles(ctx, id, input))
        const received = granted(decideReception({ ...facts, attachments }))
        const by = { personId: ctx.actor.kind === 'person' ? ctx.actor.personId : null, postId: post?.postId ?? null }
        // The code stands in a table of its own: the rows are the same whatever it will be.
        const linked = linkedAtFiling(attempts)
        const state = [coded(''), ...linked].map((event, i) => ({ ...event, seq: 2 + i, at: ctx.now, by })).reduce(evolve, begin(id, { ...received, seq: 1, at: ctx.now, by }))
        const [, code] = await Promise.all([insertDossier(ctx, rowsOf(state)), takeCode(ctx, id, agencyCode, dateOf(ctx.now))])
        const events: readonly DossierEvent[] = [received, coded(code), ...linked]
        const { written } = appendTo(ctx, undefined, 'dossier', id, events.map(toLogged), post === undefined ? {} : { postId: post.postId })
        return { answer: { id, code, dueAt: received.data.dueAt }, written: [written] }
      }),
    ),
  )
}

const coded = (code: string): DossierEvent => ({ type: 'dossier.code-issued', data: { code } })
