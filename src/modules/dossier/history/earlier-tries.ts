/** PURE. What came to nothing at a place of the history, so that whoever comes again with the same need is linked to it, as the program links them. Of each place its own, whoever writes which. */
import type { Uuid } from '#kernel/ids.ts'
import type { Instant } from '#kernel/plain-date.ts'
import { type Attempt, countsSince, fateOf, filedAtOf, firstContactOf, unmetAtOf } from '../lifecycle/journey.ts'
import type { DossierState } from '../lifecycle/state.ts'

type Try = Attempt & { readonly procedureCode: string; readonly unmetAt: Instant }
export type EarlierTries = {
  readonly before: (applicantId: Uuid, procedureCode: string, at: Instant) => readonly Attempt[]
  readonly remember: (state: DossierState) => void
}

const NONE: readonly Attempt[] = []

export const earlierTries = (): EarlierTries => {
  const byApplicant = new Map<Uuid, Try[]>()
  return {
    before: (applicantId, procedureCode, at) => {
      // Nearly everybody: one look.
      const tries = byApplicant.get(applicantId)
      if (tries === undefined) return NONE
      const since = countsSince(at)
      return tries
        .filter((t) => t.procedureCode === procedureCode && t.unmetAt <= at && t.unmetAt >= since)
        .map(({ procedureCode: _, ...attempt }) => attempt)
        .sort((a, b) => a.firstContactAt - b.firstContactAt)
    },
    remember: (state) => {
      const unmetAt = unmetAtOf(state)
      if (unmetAt === null) return
      const tries = byApplicant.get(state.applicantId) ?? []
      tries.push({ of: 'dossier', id: state.id, fate: fateOf(state.status, unmetAt), firstContactAt: firstContactOf(state) ?? filedAtOf(state), unmetAt, procedureCode: state.procedureCode })
      byApplicant.set(state.applicantId, tries)
    },
  }
}
