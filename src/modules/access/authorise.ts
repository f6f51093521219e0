import { Forbidden } from '#kernel/errors.ts'
import type { Uuid } from '#kernel/ids.ts'
import type { Actor, Ctx, Delegated, HeldPost } from '#platform/ctx.ts'
import { PERMISSIONS, type Permission, type Role, isOfProcedure } from './permissions.ts'

/** Where a permission is needed: any post that carries it (nothing named), one in this unit, or one in this agency. */
export type Scope = {
  readonly unitId?: Uuid
  readonly agencyId?: Uuid
  /** For what. A delegation that is limited to some procedures carries nothing where none is named. */
  readonly procedureCode?: string | undefined
  /** A limited delegation is enough: what follows asks again with the code of each dossier, or filters by the procedures of the post. */
  readonly forSome?: true
}

const carries = (post: HeldPost, permission: Permission, scope: Scope): boolean =>
  (PERMISSIONS[permission] as readonly string[]).includes(post.role as Role) && (post.delegated === undefined || reaches(post.delegated, permission, scope))

/** A delegation never gives more than its powers, whatever the post carries. */
const reaches = ({ powers, procedures }: Delegated, permission: Permission, { procedureCode, forSome }: Scope): boolean =>
  powers.includes(permission) && (procedures === null || !isOfProcedure(permission) || (procedureCode === undefined ? forSome === true : procedures.includes(procedureCode)))

/** The post by which the actor may do this, if any. The system may do everything: its acts carry the job's name. */
export const postFor = (actor: Actor, permission: Permission, scope: Scope = {}): HeldPost | undefined =>
  actor.kind !== 'person'
    ? undefined
    : actor.posts.find(
        (post) =>
          carries(post, permission, scope) &&
          (scope.unitId === undefined || post.unitId === scope.unitId) &&
          (scope.agencyId === undefined || post.agencyId === scope.agencyId),
      )

export const can = (actor: Actor, permission: Permission, scope: Scope = {}): boolean =>
  actor.kind === 'system' || postFor(actor, permission, scope) !== undefined

/** For a list that filters by them: the procedures for which the actor may do this there; null: every one. */
export const proceduresFor = (actor: Actor, permission: Permission, scope: Pick<Scope, 'unitId' | 'agencyId'> = {}): readonly string[] | null => {
  if (actor.kind !== 'person') return actor.kind === 'system' ? null : []
  if (can(actor, permission, scope)) return null
  return [...new Set(actor.posts.flatMap((post) => (can({ ...actor, posts: [post] }, permission, { ...scope, forSome: true }) ? (post.delegated?.procedures ?? []) : [])))]
}

/**
 * First line of every command and of every query that shows personal data.
 * @returns the post in which the actor acts, for the event; undefined for the system
 * @throws Forbidden
 */
export const authorise = (ctx: Ctx, permission: Permission, scope: Scope = {}): HeldPost | undefined => {
  if (!can(ctx.actor, permission, scope)) throw new Forbidden(permission)
  return postFor(ctx.actor, permission, scope)
}

/**
 * First line of what any account may do with its own things, whatever posts it holds or none: the rows are found by whose they are.
 * @throws Forbidden for who is not signed in
 */
export const authoriseAccount = (ctx: Ctx): void => {
  if (ctx.actor.kind === 'anonymous') throw new Forbidden('signed-in')
}
