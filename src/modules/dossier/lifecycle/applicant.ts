/** PURE. Who a dossier belongs to. */
import type { Actor } from '#platform/ctx.ts'
import type { DossierState } from './state.ts'

/** Whoever applied, or filed for the applicant: in their own name, with no post. */
export const isApplicant = (state: Pick<DossierState, 'applicantId' | 'submitterId'>, actor: Actor): boolean =>
  actor.kind === 'person' && (actor.personId === state.applicantId || actor.personId === state.submitterId)
