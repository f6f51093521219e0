/** Drafts (decision 21): kept on the server as typed, before anybody is asked who they are. */
import { randomBytes } from 'node:crypto'
import { z } from 'zod'
import { Forbidden, NotFound } from '#kernel/errors.ts'
import { type Uuid, isUuid } from '#kernel/ids.ts'
import { type Instant, MS_PER_DAY } from '#kernel/plain-date.ts'
import { type Result, err, ok } from '#kernel/result.ts'
import { authoriseAccount } from '#modules/access'
import type { Ctx } from '#platform/ctx.ts'
import { sql } from '#platform/db/db.ts'
import { newId } from '#platform/ids.ts'
import { type Bearer, DRAFT_DAYS, type Draft, MOST_DRAFTS, cookieOwner, draftOwner, findCompletion, findDraft, insertDraft, iso, listDrafts } from './draft-store.ts'

const Id = z.string().refine(isUuid)
/** A whole form of the longest kind is some 20 kB. */
const MOST_BYTES = 200_000
const Typed = z
  .record(z.string().max(200), z.array(z.string().max(20_000)).max(200))
  .refine((fields) => Object.keys(fields).length <= 1_000 && JSON.stringify(fields).length <= MOST_BYTES, 'Tờ khai dài quá mức lưu được')
const Papers = z.record(z.string().regex(/^\d{1,3}$/), z.array(Id).max(20)).refine((papers) => Object.keys(papers).length <= 101)

/** COMMAND, open to everybody. */
export const StartDraft = z.object({
  procedureCode: z.string().max(40),
  revisionId: Id,
  agencyId: Id,
  methodRow: z.int().min(1),
  completes: Id.nullable().default(null),
  fields: Typed.default({}),
})
export type StartDraft = z.input<typeof StartDraft>
export type DraftRefusal = { readonly code: 'too-many-drafts'; readonly most: number }

/** For who is not signed in: what the cookie holds. Nobody guesses 192 bits. */
export const newDraftBearer = (): string => randomBytes(24).toString('base64url')

const until = (now: Instant): Instant => (now + DRAFT_DAYS * MS_PER_DAY) as Instant

export const startDraft = async (ctx: Ctx, input: StartDraft, bearer: Bearer): Promise<Result<{ readonly id: Uuid }, DraftRefusal>> => {
  const owner = draftOwner(ctx, bearer)
  const chosen = StartDraft.parse(input)
  if (chosen.completes === null && (await listDrafts(ctx, owner)).length >= MOST_DRAFTS) return err({ code: 'too-many-drafts', most: MOST_DRAFTS })
  const id = newId(ctx.now)
  await insertDraft(ctx, owner, { ...chosen, id, formVersion: null, papers: {}, wishes: {}, submissionKey: newId(ctx.now), submittedAs: null, savedAt: ctx.now, expiresAt: until(ctx.now) })
  // Begun in two tabs at once: one answer to one request.
  return ok({ id: chosen.completes === null ? id : ((await findCompletion(ctx, owner, chosen.completes))?.id ?? id) })
}

/** COMMAND, open to everybody, on their own. Parts left out stay as they are. */
export const SaveDraft = z.object({
  id: Id,
  fields: Typed.optional(),
  /** Of the form that asked for them. */
  formVersion: z.string().max(64).optional(),
  papers: Papers.optional(),
  wishes: Typed.optional(),
  place: z.object({ revisionId: Id, agencyId: Id, methodRow: z.int().min(1) }).optional(),
})
export type SaveDraft = z.infer<typeof SaveDraft>

/** The thirty days begin anew. @throws NotFound for somebody else's, one that is past, and one that was filed */
export const saveDraft = async (ctx: Ctx, input: SaveDraft, bearer: Bearer): Promise<{ readonly savedAt: Instant }> => {
  const { id, fields, formVersion, papers, wishes, place } = SaveDraft.parse(input)
  const kept = (value: unknown) => (value === undefined ? null : JSON.stringify(value))
  const { numAffectedRows } = await sql`
    update dossier.draft set
      fields = coalesce(${kept(fields)}::jsonb, fields), form_version = coalesce(${formVersion ?? null}::text, form_version), papers = coalesce(${kept(papers)}::jsonb, papers), wishes = coalesce(${kept(wishes)}::jsonb, wishes),
      revision_id = coalesce(${place?.revisionId ?? null}::uuid, revision_id), agency_id = coalesce(${place?.agencyId ?? null}::uuid, agency_id),
      method_row = coalesce(${place?.methodRow ?? null}::int, method_row),
      saved_at = ${iso(ctx.now)}::timestamptz, expires_at = ${iso(until(ctx.now))}::timestamptz
     where id = ${id} and owner = ${draftOwner(ctx, bearer)} and submitted_as is null and expires_at > ${iso(ctx.now)}::timestamptz`.execute(ctx.db)
  if (numAffectedRows !== 1n) throw new NotFound('draft')
  return { savedAt: ctx.now }
}

/** QUERY. One's own, also one that was filed (`submittedAs`). @throws NotFound */
export const getDraft = async (ctx: Ctx, id: Uuid, bearer: Bearer): Promise<Draft> => {
  const draft = await findDraft(ctx, draftOwner(ctx, bearer), id)
  if (draft === undefined) throw new NotFound('draft')
  return draft
}

/** QUERY. What the account has begun to answer to a request about this dossier. */
export const findCompletionDraft = (ctx: Ctx, dossierId: Uuid): Promise<Draft | undefined> => findCompletion(ctx, draftOwner(ctx, undefined), dossierId)

/** QUERY. Empty for who has neither account nor cookie. */
export const listMyDrafts = async (ctx: Ctx, bearer?: string): Promise<readonly Draft[]> =>
  ctx.actor.kind !== 'person' && bearer === undefined ? [] : listDrafts(ctx, draftOwner(ctx, bearer))

/** COMMAND, at sign-in: what was begun before belongs to the account from now on. @returns how many @throws Forbidden */
export const adoptDrafts = async (ctx: Ctx, bearer: string): Promise<number> => {
  authoriseAccount(ctx)
  const { numAffectedRows } = await sql`
    update dossier.draft set owner = ${draftOwner(ctx, undefined)} where owner = ${cookieOwner(bearer)} and expires_at > ${iso(ctx.now)}::timestamptz`.execute(ctx.db)
  return Number(numAffectedRows ?? 0n)
}

/** COMMAND, open to everybody, on their own: one that is not there is gone already. */
export const dropDraft = async (ctx: Ctx, id: Uuid, bearer: Bearer): Promise<void> => {
  await sql`delete from dossier.draft where id = ${id} and owner = ${draftOwner(ctx, bearer)} and submitted_as is null`.execute(ctx.db)
}

/**
 * It was filed: inside the filing's transaction. What was typed goes, the row stays to answer a form that is sent once more. Somebody else's draft is not touched.
 */
export const closeDraft = async (ctx: Ctx, id: Uuid, dossierId: Uuid): Promise<void> => {
  if (!ctx.db.isTransaction) throw new Error('closeDraft outside a transaction')
  await sql`
    update dossier.draft set fields = '{}', papers = '{}', wishes = '{}', submitted_as = ${dossierId}
     where id = ${id} and owner = ${draftOwner(ctx, undefined)}`.execute(ctx.db)
}

/** COMMAND, for the schedule. @returns how many were forgotten @throws Forbidden */
export const sweepDrafts = async (ctx: Ctx): Promise<number> => {
  if (ctx.actor.kind !== 'system') throw new Forbidden('system')
  const { numAffectedRows } = await sql`delete from dossier.draft where expires_at <= ${iso(ctx.now)}::timestamptz`.execute(ctx.db)
  return Number(numAffectedRows ?? 0n)
}
