/**
 * A person had what is kept about them erased (decision 5): the personal values of their own record, of their account and of their dossiers leave the log
 * by the role made for it, event by event; rows follow. Each stream is a transaction of its own and the person comes last, so that a command that was
 * killed is simply given again.
 */
import type pg from 'pg'
import type { Uuid } from '#kernel/ids.ts'
import { type Result, err, ok } from '#kernel/result.ts'
import { accountErasures, accountsOfPerson, disableAccount } from '#modules/access'
import { dossierErasures, dossiersOfPerson } from '#modules/dossier'
import { listPostsOf, personErasures } from '#modules/organisation'
import type { Ctx } from '#platform/ctx.ts'
import { createDb } from '#platform/db/pool.ts'
import { erasePrivate } from '#platform/log/erase-private.ts'
import { type PrivatePlace, listPrivate } from '#platform/log/list-private.ts'
import { catchUp } from '#platform/log/subscriptions.ts'

export const ERASURE_REASONS = ['request-of-the-person', 'retention-ended', 'entered-by-mistake'] as const
export type ErasureReason = (typeof ERASURE_REASONS)[number]

export type ErasureRefusal =
  /** They need it: name and papers are what the offices work with. */
  | { readonly code: 'dossiers-open'; readonly count: number }
  /** An officer's name stands under what was signed. */
  | { readonly code: 'holds-post'; readonly title: string }

export type PersonErased = { readonly personId: Uuid; readonly values: number; readonly dossiers: number; readonly accounts: number }

/**
 * @param privacy a pool of the role `motcua_privacy`
 * @param dryRun counts what there is and changes nothing
 */
export const erasePerson = async (ctx: Ctx, privacy: pg.Pool, input: { readonly personId: Uuid; readonly reason: ErasureReason; readonly dryRun?: boolean }): Promise<Result<PersonErased, ErasureRefusal>> => {
  const { personId, reason } = input
  const [post] = await listPostsOf(ctx, personId)
  if (post !== undefined) return err({ code: 'holds-post', title: `${post.title}, ${post.unitName}` })
  const dossiers = await dossiersOfPerson(ctx, personId)
  const open = dossiers.filter((dossier) => dossier.open).length
  if (open > 0) return err({ code: 'dossiers-open', count: open })
  const accounts = await accountsOfPerson(ctx, personId)

  const places: { kind: 'dossier' | 'other'; stream: Uuid; values: readonly PrivatePlace[] }[] = []
  for (const { id, as } of dossiers) {
    const values = await listPrivate(ctx.db, 'dossier', id)
    places.push({ kind: 'dossier', stream: id, values: as === 'applicant' ? values : values.filter(({ path }) => path === 'submitter') })
  }
  for (const stream of [...accounts, personId]) places.push({ kind: 'other', stream, values: await listPrivate(ctx.db, 'other', stream) })
  const found = { personId, values: places.reduce((sum, { values }) => sum + values.length, 0), dossiers: dossiers.length, accounts: accounts.length }
  if (input.dryRun === true) return ok(found)

  for (const userId of accounts) await disableAccount(ctx, userId)
  const asPrivacy = { ...ctx, db: createDb(privacy) }
  for (const place of places) await erasePrivate(asPrivacy, { ...place, reason })
  for (const subscription of [dossierErasures, accountErasures, personErasures]) await catchUp(ctx, subscription)
  return ok(found)
}
