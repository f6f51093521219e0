/** What a command or query is given: built once per request or job by `app/`, passed first, by hand. */
import type { Uuid } from '#kernel/ids.ts'
import type { Instant } from '#kernel/plain-date.ts'
import type { Db } from './db/db.ts'

export type { Instant } from '#kernel/plain-date.ts'

/** A post that the actor holds at `ctx.now`. `role` is a word of `modules/access`. */
export type HeldPost = {
  readonly postId: Uuid
  readonly role: string
  readonly unitId: Uuid
  /** The agency (cơ quan) that the unit belongs to; the unit itself where it is one. */
  readonly agencyId: Uuid
  /** Not the actor's own post: somebody else's, for a time, with only these powers. */
  readonly delegated?: Delegated
}

/** By a written delegation (ủy quyền), or standing in for who is away (làm thay). */
export type Delegated = {
  /** Of the delegation or the absence: goes into the events. */
  readonly delegationId: Uuid
  readonly basis: 'delegation' | 'stand-in'
  /** Permissions of `modules/access`. */
  readonly powers: readonly string[]
  /** Codes of the procedures that it is limited to; null: every one. */
  readonly procedures: readonly string[] | null
}

export type Actor =
  | { readonly kind: 'anonymous' }
  | { readonly kind: 'system'; readonly job: string }
  | { readonly kind: 'person'; readonly userId: Uuid; readonly personId: Uuid; readonly posts: readonly HeldPost[] }

/** What processes keep in memory, by the names of `platform.version`. */
export type VersionName = 'catalogue' | 'calendar' | 'organisation'
export type Versions = Readonly<Record<VersionName, string>>

export type Ctx = {
  readonly db: Db
  readonly actor: Actor
  readonly now: Instant
  readonly traceId: string
  /** As they stood when the request began: `platform/versions.ts`. */
  readonly versions?: Versions
}
