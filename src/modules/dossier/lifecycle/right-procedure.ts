/** PURE. What a reception would have kept, had the right procedure and way of filing been chosen: by the law of the day of reception, not of today. */
import { deriveProcess } from '#modules/process'
import type { Instant } from '#kernel/plain-date.ts'
import { type Result, err, ok } from '#kernel/result.ts'
import type { RightProcedure } from './law-correction.ts'
import { CHANNELS, type ComponentTicked, type ReceptionFacts, type ReceptionRefusal, findRow, keptSteps, levelOf, tick } from './reception.ts'
import type { DossierState } from './state.ts'

/** `ticked`: the papers that are there, by the list of the right procedure. `scans`: which of them each file is a scan of. */
export type RightFacts = Pick<ReceptionFacts, 'revision' | 'methodRow' | 'agencyId' | 'divisionId' | 'level'> & {
  readonly name: string
  readonly ticked: readonly ComponentTicked[]
  readonly scans: readonly { readonly n: number; readonly component: number | null }[]
}

export const rightProcedure = (state: DossierState, facts: RightFacts, receivedAt: Instant): Result<RightProcedure, ReceptionRefusal> => {
  const row = findRow(facts)
  if (!row.ok) return row
  const papers = tick(facts.revision.components, facts.ticked)
  if (!papers.ok) return papers
  const stray = facts.scans.find((s) => s.component !== null && !papers.value.some((p) => p.n === s.component))
  if (stray !== undefined) return err({ code: 'paper-not-published', component: stray.component! })
  const { agencyId, divisionId, level } = facts
  const place = { now: receivedAt, deskId: state.deskId, agencyId, divisionId, level }
  const { limit, n, channel, inDayCutoff = null } = row.value
  const process = deriveProcess({ limit, level: levelOf(place) })
  return ok({
    procedureCode: facts.revision.code,
    revisionId: facts.revision.id,
    methodN: n,
    // How it came stays as it was, on line; at a desk the way of filing says it.
    channel: state.submittedAt === null ? (CHANNELS[channel] ?? 'counter') : 'online',
    agencyId,
    divisionId,
    name: facts.name,
    limit: { amount: limit.amount, unit: limit.unit },
    inDayCutoff,
    processDigest: process.digest,
    steps: keptSteps(process, place),
    components: papers.value,
    scans: facts.scans,
  })
}
