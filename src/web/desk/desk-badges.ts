/** What waits behind the entries of the desk's menu: the same figures on every page of the desk. */
import type { Ctx } from '#platform/ctx.ts'

export const deskBadges = async (_ctx: Ctx): Promise<Readonly<Record<string, number>>> => ({})
