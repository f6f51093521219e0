/** What the product ships as settled: `data/catalogue/settled.json`, each entry with the reason and the words it rests on. */
import { z } from 'zod'
import type { Ctx } from '#platform/ctx.ts'
import type { Uuid } from '#kernel/ids.ts'
import { MS_PER_MINUTE } from '#kernel/plain-date.ts'
import { inTx } from '#platform/db/db.ts'
import shipped from '../../../data/catalogue/settled.json' with { type: 'json' }
import { forgetSnapshot } from './catalogue-snapshot.ts'
import { lockImports } from './catalogue-store.ts'
import { PROCEDURE_CODE } from './procedure-record.ts'
import { findCurrentRevision } from './revisions.ts'
import { SettlementFacts, decideSettlement, recordSettlement } from './settle-method-row.ts'

const CutOff = z.string().regex(/^([01]\d|2[0-3]):[0-5]\d$/).transform((t) => Number(t.slice(0, 2)) * 60 + Number(t.slice(3)))

export const SettledEntry = z
  .strictObject({
    code: z.string().regex(PROCEDURE_CODE),
    name: z.string(),
    /** Digest of the revision that was read: another revision asks again. */
    revision: z.string().regex(/^[0-9a-f]{64}$/),
    rows: z.array(z.int().min(1)).min(1),
    limit: SettlementFacts.shape.limit,
    inDayCutoff: CutOff.nullable(),
    appliesWhen: z.string().optional(),
    reason: z.string().min(10),
    source: z.string().min(5),
  })
  .transform(({ rows, inDayCutoff, source, appliesWhen, limit, reason, ...rest }) => ({
    ...rest,
    rows,
    facts: SettlementFacts.parse({ limit, reason, sourceText: source, inDayCutoffMinutes: inDayCutoff, appliesWhen: appliesWhen ?? null }),
  }))
export type SettledEntry = z.infer<typeof SettledEntry>

export const settledEntries = (): readonly SettledEntry[] => z.array(SettledEntry).parse(shipped)

/**
 * Applies the shipped decisions to revisions that are in force and not yet settled on that row. What an administrator settled stays.
 * Part of the import; idempotent.
 */
export const applyShippedSettlements = async (ctx: Ctx, postId: Uuid | undefined): Promise<{ readonly settled: number }> => {
  let settled = 0
  for (const entry of settledEntries()) {
    settled += await inTx(ctx, async (ctx) => {
      // Neither an import nor an administrator's settlement may come between the reading and the row.
      await lockImports(ctx)
      const revision = await findCurrentRevision(ctx, entry.code)
      if (revision === undefined || revision.digest !== entry.revision) return 0
      let done = 0
      for (const row of entry.rows) {
        if (revision.methods.find((m) => m.n === row)?.decision !== null) continue
        const decision = decideSettlement(revision, row, entry.facts, ctx.now)
        if (!decision.ok) continue
        await recordSettlement(ctx, revision.procedureId, decision.value, postId)
        done++
      }
      return done
    })
  }
  if (settled > 0) forgetSnapshot(ctx)
  return { settled }
}

/** `15:00` of a cut-off, for screens. */
export const cutoffText = (msOfDay: number): string => {
  const minutes = Math.floor(msOfDay / MS_PER_MINUTE)
  return `${String(Math.floor(minutes / 60)).padStart(2, '0')}:${String(minutes % 60).padStart(2, '0')}`
}
