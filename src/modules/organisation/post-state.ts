/**
 * A post (chức danh, vị trí) of a unit: one seat, held by one person at a time, for a time. Pure. Permissions come from posts, so a post
 * or a tenure outside its validity [from, to) gives none.
 */
import type { Uuid } from '#kernel/ids.ts'
import type { PlainDate } from '#kernel/plain-date.ts'
import { type Result, err, ok } from '#kernel/result.ts'
import type { Role } from '#modules/access'

export type Tenure = { readonly personId: Uuid; readonly from: PlainDate; readonly to: PlainDate | null }

export type PostState = {
  readonly id: Uuid
  readonly unitId: Uuid
  readonly role: Role
  readonly title: string
  readonly validFrom: PlainDate
  readonly validTo: PlainDate | null
  readonly tenures: readonly Tenure[]
}

export type PostCreated = {
  readonly type: 'post.created'
  readonly data: { readonly unitId: Uuid; readonly role: Role; readonly title: string; readonly validFrom: PlainDate }
}
export type PostEvent =
  | PostCreated
  | { readonly type: 'post.taken'; readonly data: Tenure }
  | { readonly type: 'post.left'; readonly data: { readonly personId: Uuid; readonly on: PlainDate } }
  | { readonly type: 'post.closed'; readonly data: { readonly on: PlainDate } }

export const evolvePost = (id: Uuid, state: PostState | undefined, event: PostEvent): PostState => {
  if (event.type === 'post.created') return { id, ...event.data, validTo: null, tenures: [] }
  if (state === undefined) throw new Error(`post ${id}: ${event.type} before post.created`)
  if (event.type === 'post.taken') return { ...state, tenures: [...state.tenures, event.data] }
  if (event.type === 'post.closed') return { ...state, validTo: event.data.on }
  const { personId, on } = event.data
  return { ...state, tenures: state.tenures.map((t) => (t.personId === personId && holds(t, on) ? { ...t, to: on } : t)) }
}

/** Leaving on the day of arrival undoes the arrival: the tenure is empty. */
const holds = (t: Tenure, on: PlainDate) => t.from <= on && (t.to === null || t.to > on)

export type PostRefusal =
  | { readonly code: 'post-closed'; readonly on: PlainDate }
  | { readonly code: 'before-validity'; readonly validFrom: PlainDate }
  | { readonly code: 'post-occupied'; readonly personId: Uuid }
  | { readonly code: 'not-held' }

export const decideFill = (state: PostState, tenure: Tenure): Result<PostEvent, PostRefusal> => {
  if (tenure.from < state.validFrom) return err({ code: 'before-validity', validFrom: state.validFrom })
  if (state.validTo !== null && (tenure.to === null || tenure.to > state.validTo)) return err({ code: 'post-closed', on: state.validTo })
  const other = state.tenures.find((t) => (t.to === null || t.to > tenure.from) && (tenure.to === null || tenure.to > t.from))
  return other === undefined ? ok({ type: 'post.taken', data: tenure }) : err({ code: 'post-occupied', personId: other.personId })
}

/** @param on the first day on which the person holds the post no more */
export const decideLeave = (state: PostState, personId: Uuid, on: PlainDate): Result<PostEvent, PostRefusal> =>
  state.tenures.some((t) => t.personId === personId && holds(t, on))
    ? ok({ type: 'post.left', data: { personId, on } })
    : err({ code: 'not-held' })

export const decideClosePost = (state: PostState, on: PlainDate): Result<PostEvent, PostRefusal> => {
  if (state.validTo !== null) return err({ code: 'post-closed', on: state.validTo })
  return on < state.validFrom ? err({ code: 'before-validity', validFrom: state.validFrom }) : ok({ type: 'post.closed', data: { on } })
}

export type PostRow = {
  readonly id: Uuid
  readonly unit_id: Uuid
  readonly role: Role
  readonly title: string
  readonly valid_from: PlainDate
  readonly valid_to: PlainDate | null
}
export type TenureRow = {
  readonly post_id: Uuid
  readonly person_id: Uuid
  readonly valid_from: PlainDate
  readonly valid_to: PlainDate | null
}
export type PostRows = { readonly post: PostRow; readonly tenures: readonly TenureRow[] }

/** Decision 10: the only place where a post's rows are made. */
export const rowsOfPost = (state: PostState): PostRows => ({
  post: {
    id: state.id,
    unit_id: state.unitId,
    role: state.role,
    title: state.title,
    valid_from: state.validFrom,
    valid_to: state.validTo,
  },
  tenures: state.tenures.map((t) => ({ post_id: state.id, person_id: t.personId, valid_from: t.from, valid_to: t.to })),
})
