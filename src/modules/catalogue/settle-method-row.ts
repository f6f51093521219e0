import { z } from 'zod'
import { authorise } from '#modules/access'
import type { Json } from '#kernel/digest.ts'
import { Stale } from '#kernel/errors.ts'
import { type Uuid, isUuid } from '#kernel/ids.ts'
import { type Result, err, ok } from '#kernel/result.ts'
import type { Ctx, Instant } from '#platform/ctx.ts'
import { inTx } from '#platform/db/db.ts'
import { append } from '#platform/log/append.ts'
import { once } from '#platform/request.ts'
import { asOfNow } from '#platform/versions.ts'
import { bumpVersion, lockImports, putSettledRow, settledRowOf } from './catalogue-store.ts'
import { forgetSnapshot } from './catalogue-snapshot.ts'
import { type Decision, isCountable } from './method-rows.ts'
import { LIMIT_UNITS } from './procedure-record.ts'
import type { ProcedureRevision } from './procedure-revision.ts'
import { getRevision } from './revisions.ts'

const id = z.string().refine(isUuid)

/** What is decided about one row; `limit: null` = the law sets no limit. */
export const SettlementFacts = z.object({
  limit: z.object({ amount: z.number().min(0).max(9999), unit: z.enum(LIMIT_UNITS) }).nullable(),
  /** Minutes of the day, inclusive; only with 0 working days (C5). */
  inDayCutoffMinutes: z.int().min(0).max(1439).nullable().default(null),
  /** The case that the row is for; needed where a channel has several limits. */
  appliesWhen: z.string().trim().max(500).nullable().default(null),
  fee: z
    .union([
      z.object({ kind: z.literal('free') }),
      z.object({ kind: z.literal('amount'), amountVnd: z.int().min(0).max(1_000_000_000) }),
      z.object({ kind: z.literal('as-noted') }),
    ])
    .nullable()
    .default(null),
  reason: z.string().trim().min(10).max(2000),
  /** The words of the record or of the law that the decision rests on. */
  sourceText: z.string().trim().min(5).max(4000),
})
export type SettlementFacts = z.infer<typeof SettlementFacts>

export const SettleMethodRow = SettlementFacts.extend({ submissionKey: id, revisionId: id, row: z.int().min(1) })
export type SettleMethodRow = z.infer<typeof SettleMethodRow>

export type SettleRefusal =
  /** A newer revision is in force: settle that one. */
  | { readonly code: 'not-current'; readonly procedure: string }
  | { readonly code: 'no-such-row'; readonly rows: number }
  /** The published row says everything: changing it is for the publisher, not for us. */
  | { readonly code: 'nothing-to-settle' }
  /** C13, or 0 of a unit other than working days. */
  | { readonly code: 'limit-not-countable' }
  /** C5: a cut-off belongs to in-day procedures only. */
  | { readonly code: 'cutoff-needs-in-day' }
  | { readonly code: 'case-missing' }
  | { readonly code: 'fee-missing' }

export type Settled = { readonly revisionId: string; readonly row: number }

/** PURE. Whether this may be decided about this row, and the decision. */
export const decideSettlement = (revision: ProcedureRevision, row: number, facts: SettlementFacts, now: Instant): Result<Decision, SettleRefusal> => {
  if (!revision.isCurrent) return err({ code: 'not-current', procedure: revision.code })
  const method = revision.methods.find((m) => m.n === row)
  if (method === undefined) return err({ code: 'no-such-row', rows: revision.methods.length })
  const open = method.leftOpen
  if (open.length === 0) return err({ code: 'nothing-to-settle' })
  const { limit } = facts
  if (limit !== null && (!isCountable(limit) || (limit.amount === 0 && limit.unit !== 'working-day'))) return err({ code: 'limit-not-countable' })
  if (facts.inDayCutoffMinutes !== null && limit?.amount !== 0) return err({ code: 'cutoff-needs-in-day' })
  if (open.includes('limit-varies') && !facts.appliesWhen) return err({ code: 'case-missing' })
  if (open.includes('fee-conflict') && facts.fee === null) return err({ code: 'fee-missing' })
  return ok({
    revisionId: revision.id,
    n: row,
    limit,
    inDayCutoffMinutes: facts.inDayCutoffMinutes,
    appliesWhen: facts.appliesWhen || null,
    fee: facts.fee,
    reason: facts.reason,
    sourceText: facts.sourceText,
    settledAt: now,
  })
}

/**
 * COMMAND. Settles what a published method row leaves open, with the reason; the row can be received on from then on. May be repeated to correct it.
 * @throws Forbidden, NotFound (no such revision), Stale (submission key used for something else; a new revision came in this moment)
 */
export const settleMethodRow = async (ctx: Ctx, input: SettleMethodRow): Promise<Result<Settled, SettleRefusal>> => {
  const post = authorise(ctx, 'catalogue.settle')
  const { submissionKey, revisionId, row, ...facts } = input
  const decision = decideSettlement(await getRevision(ctx, revisionId as Uuid), row, facts, ctx.now)
  if (!decision.ok) return decision
  const submission = { command: 'catalogue.settle', key: submissionKey as Uuid, input: settledEventData(decision.value) }
  const answer = await inTx(ctx, (ctx) =>
    once(ctx, submission, async () => {
      await lockImports(ctx)
      // Asked again inside: a new revision may have come in between.
      const revision = await getRevision(asOfNow(ctx), revisionId as Uuid)
      if (!revision.isCurrent) throw new Stale(`revision of ${revision.code}`)
      await recordSettlement(ctx, revision.procedureId, decision.value, post?.postId)
      return { revisionId, row }
    }),
  )
  forgetSnapshot(ctx)
  return ok(answer)
}

/** Row and event of one decision, inside the caller's transaction. */
export const recordSettlement = async (ctx: Ctx, procedureId: Uuid, decision: Decision, postId: Uuid | undefined): Promise<void> => {
  await putSettledRow(ctx, settledRowOf(procedureId, decision))
  await append(ctx, 'other', procedureId, [{ type: 'procedure.row-settled', data: settledEventData(decision) }], { ...(postId !== undefined && { postId }) })
  await bumpVersion(ctx)
}

/** The amount as text: half a working day is no integer, and the log holds integers only (decision 6). */
const settledEventData = (d: Decision): { readonly [key: string]: Json } => ({
  revisionId: d.revisionId,
  n: d.n,
  limit: d.limit === null ? null : { amount: String(d.limit.amount), unit: d.limit.unit },
  inDayCutoffMinutes: d.inDayCutoffMinutes,
  appliesWhen: d.appliesWhen,
  fee: d.fee,
  reason: d.reason,
  sourceText: d.sourceText,
})
