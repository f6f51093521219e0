import type { Uuid } from '#kernel/ids.ts'
import { Forbidden } from '#kernel/errors.ts'
import { postFor } from '#modules/access'
import type { Ctx } from '#platform/ctx.ts'

/** The desk where the officer sits; by a delegation for some procedures only where they sit at no other. @throws Forbidden */
export const deskOf = (ctx: Ctx): Uuid => {
  const post = postFor(ctx.actor, 'dossier.receive') ?? postFor(ctx.actor, 'dossier.receive', { forSome: true })
  if (post === undefined) throw new Forbidden('dossier.receive')
  return post.unitId
}
