/**
 * A person had what is kept about them erased (decision 5): the personal values of their own record, of their account, of their dossiers and of what the counter gave them leave the log
 * by the role made for it, event by event; rows follow. Each stream is a transaction of its own and the person comes last, so that a command that was
 * killed is simply given again.
 */
import type pg from 'pg'
import type { Uuid } from '#kernel/ids.ts'
import { type Result, err, ok } from '#kernel/result.ts'
import { accountErasures, accountsOfPerson, disableAccount } from '#modules/access'
import { countUploadsOf, forgetUploadsOf } from '#modules/documents'
import { type PersonNamed, countDraftsOf, dossierErasures, dossiersOfPerson, forgetDraftsOf, guidanceOfPerson } from '#modules/dossier'
import { listPostsOf, personErasures } from '#modules/organisation'
import type { Ctx } from '#platform/ctx.ts'
import { createDb } from '#platform/db/pool.ts'
import { erasePrivate } from '#platform/log/erase-private.ts'
import { type PrivatePlace, listPrivate, listPrivateNaming } from '#platform/log/list-private.ts'
import { catchUp } from '#platform/log/subscriptions.ts'

export const ERASURE_REASONS = ['request-of-the-person', 'retention-ended', 'entered-by-mistake'] as const
export type ErasureReason = (typeof ERASURE_REASONS)[number]

export type ErasureRefusal =
  /** They need it: name and papers are what the offices work with. */
  | { readonly code: 'dossiers-open'; readonly count: number }
  /** An officer's name stands under what was signed. */
  | { readonly code: 'holds-post'; readonly title: string }

/** `personId` null: not on record, only named by who filed for them or took a result. `waiting`: drafts and uploads that no dossier has. */
export type PersonErased = { readonly personId: Uuid | null; readonly values: number; readonly dossiers: number; readonly guidance: number; readonly accounts: number; readonly waiting: number }

type Place = { readonly kind: 'dossier' | 'other'; readonly stream: Uuid; readonly values: readonly PrivatePlace[] }

/**
 * @param privacy a pool of the role `motcua_privacy`
 * @param dryRun counts what there is and changes nothing
 */
export const erasePerson = async (ctx: Ctx, privacy: pg.Pool, input: { readonly person: PersonNamed; readonly reason: ErasureReason; readonly dryRun?: boolean }): Promise<Result<PersonErased, ErasureRefusal>> => {
  const { person, reason } = input
  const [post] = person.id === null ? [] : await listPostsOf(ctx, person.id)
  if (post !== undefined) return err({ code: 'holds-post', title: `${post.title}, ${post.unitName}` })
  const dossiers = await dossiersOfPerson(ctx, person)
  const open = dossiers.filter((dossier) => dossier.open).length
  if (open > 0) return err({ code: 'dossiers-open', count: open })
  const accounts = person.id === null ? [] : await accountsOfPerson(ctx, person.id)
  const guidance = await guidanceOfPerson(ctx, person)

  const places: Place[] = []
  for (const dossier of dossiers) places.push({ kind: 'dossier', stream: dossier.id, values: await valuesOf(ctx, dossier, person) })
  // Before nobody was put on record by who files for them, such an applicant got a record without a number.
  const named = dossiers.flatMap((d) => (d.as === 'applicant' && d.applicantId !== person.id ? [d.applicantId] : []))
  for (const stream of new Set([...guidance, ...accounts, ...named, ...(person.id === null ? [] : [person.id])])) places.push({ kind: 'other', stream, values: await listPrivate(ctx.db, 'other', stream) })
  const found = {
    personId: person.id, values: places.reduce((sum, { values }) => sum + values.length, 0), dossiers: dossiers.length, guidance: guidance.length, accounts: accounts.length,
    waiting: (await countDraftsOf(ctx, accounts)) + (await countUploadsOf(ctx, accounts)),
  }
  if (input.dryRun === true) return ok(found)

  for (const userId of accounts) await disableAccount(ctx, userId)
  const asPrivacy = { ...ctx, db: createDb(privacy) }
  for (const place of places) await erasePrivate(asPrivacy, { ...place, reason })
  await forgetDraftsOf(ctx, accounts)
  await forgetUploadsOf(ctx, accounts)
  for (const subscription of [dossierErasures, accountErasures, personErasures]) await catchUp(ctx, subscription)
  return ok(found)
}

/** A dossier of theirs: all of it. One of somebody else: what is theirs, and every value in which their number or telephone stands, or as whom they took the result. */
const valuesOf = async (ctx: Ctx, { id, as }: { readonly id: Uuid; readonly as: 'applicant' | 'submitter' | 'recipient' }, person: PersonNamed): Promise<readonly PrivatePlace[]> => {
  if (as === 'applicant') return listPrivate(ctx.db, 'dossier', id)
  const own = as === 'submitter' ? (await listPrivate(ctx.db, 'dossier', id)).filter(({ path }) => path === 'submitter') : []
  const words = [person.personalNumber, person.phone].filter((word) => word !== null)
  const named = await listPrivateNaming(ctx.db, 'dossier', id, words)
  const taken = person.name === null ? [] : (await listPrivateNaming(ctx.db, 'dossier', id, [`"${person.name}"`])).filter(({ path }) => path === 'recipient')
  return [...new Map([...own, ...named, ...taken].map((place) => [`${place.seq} ${place.path}`, place])).values()]
}
