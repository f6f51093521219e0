/** What waits behind the entries of the desk's menu: the same figures on every page of the desk. */
import { can } from '#modules/access'
import { countSubmissions } from '#modules/dossier'
import type { Ctx } from '#platform/ctx.ts'
import { deskOf } from './desk-of.ts'

export const deskBadges = async (ctx: Ctx): Promise<Readonly<Record<string, number>>> =>
  can(ctx.actor, 'dossier.receive', { forSome: true }) ? { '/mot-cua/truc-tuyen': await countSubmissions(ctx, deskOf(ctx)) } : {}
