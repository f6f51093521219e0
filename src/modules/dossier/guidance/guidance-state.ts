/** A guidance is one event: given. Its row is built from it alone (decision 10). */
import type { Uuid } from '#kernel/ids.ts'
import type { Instant } from '#kernel/plain-date.ts'
import type { NewEvent } from '#platform/log/append.ts'
import { ERASED, personal } from '#platform/log/private.ts'
import type { LoggedEvent } from '#platform/log/read-stream.ts'
import type { By } from '../lifecycle/custody.ts'

export type GuidanceGiven = {
  readonly kind: 'completion' | 'refusal'
  readonly deskId: Uuid
  readonly agencyId: Uuid
  readonly procedureCode: string | null
  readonly personId: Uuid | null
  readonly person: { readonly name: string; readonly address: string | null; readonly phone: string | null; readonly email: string | null }
  readonly items: readonly string[]
  readonly reason: string
  readonly legalBasis: string | null
}

export const GUIDANCE_GIVEN = 'guidance.given'

export const guidanceLogged = ({ person, items, reason, ...plain }: GuidanceGiven): NewEvent => ({
  type: GUIDANCE_GIVEN,
  data: { ...plain, person: personal(person), items: personal(items), reason: personal(reason) },
})

type Stored = Omit<GuidanceGiven, 'person' | 'personId' | 'items'> & { readonly personId?: Uuid | null; readonly person: GuidanceGiven['person'] | string; readonly items: readonly string[] | string }

/** After an erasure the person and what was asked read `đã xóa`. */
export const guidanceFrom = (event: LoggedEvent): GuidanceGiven => {
  const stored = event.data as Stored
  return {
    ...stored,
    // The first guidances kept no id.
    personId: stored.personId ?? null,
    person: typeof stored.person === 'string' ? { name: ERASED, address: null, phone: null, email: null } : stored.person,
    items: typeof stored.items === 'string' ? [ERASED] : stored.items,
  }
}

export const guidanceRow = (id: Uuid, given: GuidanceGiven, at: Instant, by: By) => ({
  id,
  kind: given.kind,
  desk_id: given.deskId,
  agency_id: given.agencyId,
  procedure_code: given.procedureCode,
  person_id: given.personId,
  person_name: given.person.name,
  person_address: given.person.address,
  person_phone: given.person.phone,
  person_email: given.person.email,
  items: given.items,
  reason: given.reason,
  legal_basis: given.legalBasis,
  given_at: at,
  by_person: by.personId,
  by_post: by.postId,
})
