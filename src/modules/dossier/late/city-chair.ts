import { can } from '#modules/access'
import { listUnits } from '#modules/organisation'
import type { Ctx, HeldPost } from '#platform/ctx.ts'
import type { DossierState } from '../lifecycle/state.ts'
import { ESCALATION_LEVELS } from '../lifecycle/extension.ts'

/**
 * The post in which the actor is the chair of the city's own committee, before whom what is late in any agency comes at last (domain.md §2.6, alert ladder); with what that very
 * post carries: a delegation of less, or for some procedures, does not answer for the city.
 */
export const cityChairPost = async (ctx: Ctx): Promise<HeldPost | undefined> => {
  const { actor } = ctx
  if (actor.kind !== 'person') return undefined
  const chairs = actor.posts.filter((post) => post.role === 'chair' && (['dossier.monitor', 'dossier.approve'] as const).every((right) => can({ ...actor, posts: [post] }, right)))
  if (chairs.length === 0) return undefined
  const [city] = await listUnits(ctx, { kinds: ['city-committee'] })
  return city === undefined ? undefined : chairs.find((post) => post.agencyId === city.id)
}

/** As `late_level` of the row counts. */
export const LEVEL_OF_CHAIR = ESCALATION_LEVELS.indexOf('chair') + 1

/** It has come before the chair, and is not done: to read, nothing more. */
export const isBeforeChair = ({ late, dueAt, custody }: Pick<DossierState, 'late' | 'dueAt' | 'custody'>): boolean =>
  late !== null && dueAt !== null && late.about === dueAt && late.level >= LEVEL_OF_CHAIR && custody.some((c) => c.leftAt === null)
