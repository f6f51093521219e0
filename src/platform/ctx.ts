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
}

export type Actor =
  | { readonly kind: 'anonymous' }
  | { readonly kind: 'system'; readonly job: string }
  | { readonly kind: 'person'; readonly userId: Uuid; readonly personId: Uuid; readonly posts: readonly HeldPost[] }

export type Ctx = { readonly db: Db; readonly actor: Actor; readonly now: Instant; readonly traceId: string }
