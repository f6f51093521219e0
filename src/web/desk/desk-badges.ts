/** What waits behind the entries of the desk's menu: the same figures on every page of the desk. */
import { postFor } from '#modules/access'
import { countSubmissions } from '#modules/dossier'
import type { Ctx } from '#platform/ctx.ts'

export const deskBadges = async (ctx: Ctx): Promise<Readonly<Record<string, number>>> => {
  const post = postFor(ctx.actor, 'dossier.receive')
  return post === undefined ? {} : { '/mot-cua/truc-tuyen': await countSubmissions(ctx, post.unitId) }
}
