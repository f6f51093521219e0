/**
 * A delegation (ủy quyền) by NĐ 30/2020 Art 13 and processes.md §8: in writing, for a limited time and content, never handed on. Pure.
 * It gives another post, or one person, some of the powers that the delegating post carries.
 */
import type { Uuid } from '#kernel/ids.ts'
import type { PlainDate } from '#kernel/plain-date.ts'
import { type Result, err, ok } from '#kernel/result.ts'
import { DELEGABLE, type Permission, roleCarries } from '#modules/access'
import type { PostState } from './post-state.ts'

export type Delegate = { readonly postId: Uuid } | { readonly personId: Uuid }

export type DelegationState = {
  readonly id: Uuid
  readonly fromPostId: Uuid
  readonly delegate: Delegate
  readonly document: { readonly number: string; readonly on: PlainDate }
  readonly powers: readonly Permission[]
  /** Codes; null: every procedure. */
  readonly procedures: readonly string[] | null
  readonly validFrom: PlainDate
  /** First day on which it holds no more. */
  readonly validTo: PlainDate
  readonly revokedOn: PlainDate | null
}

export type DelegationGiven = { readonly type: 'delegation.given'; readonly data: Omit<DelegationState, 'id' | 'revokedOn'> }
export type DelegationEvent = DelegationGiven | { readonly type: 'delegation.revoked'; readonly data: { readonly on: PlainDate } }

export const evolveDelegation = (id: Uuid, state: DelegationState | undefined, event: DelegationEvent): DelegationState => {
  if (event.type === 'delegation.given') return { id, ...event.data, revokedOn: null }
  if (state === undefined) throw new Error(`delegation ${id}: ${event.type} before delegation.given`)
  return { ...state, revokedOn: event.data.on }
}

export type DelegationRefusal =
  /** Held by delegation only: what was delegated is not delegated again. */
  | { readonly code: 're-delegation' }
  | { readonly code: 'power-not-carried'; readonly power: Permission }
  | { readonly code: 'to-oneself' }
  /** Who holds no post on that day is no officer. */
  | { readonly code: 'delegate-without-post' }
  | { readonly code: 'delegate-post-invalid' }
  | { readonly code: 'post-not-valid'; readonly validFrom: PlainDate; readonly validTo: PlainDate | null }
  | { readonly code: 'delegated-already'; readonly document: string }
  | { readonly code: 'ended-already'; readonly on: PlainDate }

/** What cannot be read off the post itself. */
export type DelegationFacts = {
  /** Posts held by the delegate on the first day: the post itself where it is one that somebody may take. */
  readonly delegateHolds: readonly Uuid[]
  /** Whoever holds the delegating post on the first day. */
  readonly holders: readonly Uuid[]
  /** Of the same post to the same delegate, on some day of the new one. */
  readonly overlapping: { readonly document: string } | undefined
}

/** Who acts on dossiers by delegation must be able to read them. */
const withReading = (powers: readonly Permission[]): readonly Permission[] => [...new Set<Permission>([...powers, ...(powers.some((p) => p.startsWith('dossier.')) ? (['dossier.read'] as const) : [])])].sort()

export const decideDelegation = (from: PostState, wanted: DelegationGiven['data'], facts: DelegationFacts): Result<DelegationGiven, DelegationRefusal> => {
  const powers = withReading(wanted.powers)
  const beyond = powers.find((power) => !DELEGABLE.includes(power) || !roleCarries(from.role, power))
  if (beyond !== undefined) return err({ code: 'power-not-carried', power: beyond })
  if (wanted.validFrom < from.validFrom || (from.validTo !== null && wanted.validTo > from.validTo)) return err({ code: 'post-not-valid', validFrom: from.validFrom, validTo: from.validTo })
  const { delegate } = wanted
  if ('postId' in delegate ? delegate.postId === from.id : facts.holders.includes(delegate.personId)) return err({ code: 'to-oneself' })
  if (facts.delegateHolds.length === 0) return err({ code: 'postId' in delegate ? 'delegate-post-invalid' : 'delegate-without-post' })
  if (facts.overlapping !== undefined) return err({ code: 'delegated-already', document: facts.overlapping.document })
  return ok({ type: 'delegation.given', data: { ...wanted, powers } })
}

/** From this day on it gives nothing more. */
export const decideRevocation = (state: DelegationState, on: PlainDate): Result<DelegationEvent, DelegationRefusal> => {
  const end = state.revokedOn ?? state.validTo
  return state.revokedOn !== null || end <= on ? err({ code: 'ended-already', on: end }) : ok({ type: 'delegation.revoked', data: { on } })
}

export type DelegationRow = {
  readonly id: Uuid
  readonly from_post_id: Uuid
  readonly to_post_id: Uuid | null
  readonly to_person_id: Uuid | null
  readonly document_number: string
  readonly document_on: PlainDate
  readonly powers: readonly string[]
  readonly procedures: readonly string[] | null
  readonly valid_from: PlainDate
  readonly valid_to: PlainDate
  readonly revoked_on: PlainDate | null
}

/** Decision 10: the only place where a delegation's row is made. */
export const rowOfDelegation = (state: DelegationState): DelegationRow => ({
  id: state.id,
  from_post_id: state.fromPostId,
  to_post_id: 'postId' in state.delegate ? state.delegate.postId : null,
  to_person_id: 'personId' in state.delegate ? state.delegate.personId : null,
  document_number: state.document.number,
  document_on: state.document.on,
  powers: state.powers,
  procedures: state.procedures,
  valid_from: state.validFrom,
  valid_to: state.validTo,
  revoked_on: state.revokedOn,
})
