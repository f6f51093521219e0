/** SQL of drafts, and whose a draft is. Outside the log (decisions 9, 21). */
import { sha256Hex } from '#kernel/digest.ts'
import { NotFound } from '#kernel/errors.ts'
import type { Uuid } from '#kernel/ids.ts'
import type { Instant } from '#kernel/plain-date.ts'
import type { Ctx } from '#platform/ctx.ts'
import { sql } from '#platform/db/db.ts'

/** Decision 21. */
export const DRAFT_DAYS = 30
/** What one owner may have lying; more than anybody writes at once. */
export const MOST_DRAFTS = 20

/** Values by field name, as they came from the form. */
export type DraftFields = Readonly<Record<string, readonly string[]>>
/** Uploads by number of the paper; `'0'` = papers that nobody asked for. */
export type DraftPapers = Readonly<Record<string, readonly Uuid[]>>

export type Draft = {
  readonly id: Uuid
  readonly procedureCode: string
  readonly revisionId: Uuid
  readonly agencyId: Uuid
  readonly methodRow: number
  readonly fields: DraftFields
  /** Of the form that the fields were last saved with; null: none yet, or an old draft. */
  readonly formVersion: string | null
  readonly papers: DraftPapers
  readonly wishes: DraftFields
  /** Of the filing, the same for every try. */
  readonly submissionKey: Uuid
  /** The dossier whose request it answers. */
  readonly completes: Uuid | null
  /** The dossier that it became: its contents are gone. */
  readonly submittedAs: Uuid | null
  readonly savedAt: Instant
  readonly expiresAt: Instant
}

/** The cookie's value; only its digest is kept. Undefined: there is none. */
export type Bearer = string | undefined

export const cookieOwner = (bearer: string): string => `cookie:${sha256Hex(bearer)}`

/** The account, else the cookie. @throws NotFound for who has neither: there is nothing of theirs */
export const draftOwner = (ctx: Ctx, bearer: Bearer): string => {
  if (ctx.actor.kind === 'person') return `user:${ctx.actor.userId}`
  if (bearer === undefined) throw new NotFound('draft')
  return cookieOwner(bearer)
}

export const iso = (at: number): string => new Date(at).toISOString()

const COLUMNS = sql.raw(`id, procedure_code as "procedureCode", revision_id as "revisionId", agency_id as "agencyId", method_row as "methodRow", fields, form_version as "formVersion", papers, wishes,
  submission_key as "submissionKey", completes, submitted_as as "submittedAs", saved_at as "savedAt", expires_at as "expiresAt"`)

export const insertDraft = async (ctx: Ctx, owner: string, draft: Draft): Promise<void> => {
  const { id, procedureCode, revisionId, agencyId, methodRow, fields, papers, wishes, submissionKey, completes } = draft
  await sql`
    insert into dossier.draft (id, owner, procedure_code, revision_id, agency_id, method_row, fields, papers, wishes, submission_key, completes, created_at, saved_at, expires_at)
    values (${id}, ${owner}, ${procedureCode}, ${revisionId}, ${agencyId}, ${methodRow}, ${JSON.stringify(fields)}::jsonb, ${JSON.stringify(papers)}::jsonb,
            ${JSON.stringify(wishes)}::jsonb, ${submissionKey}, ${completes}, ${iso(ctx.now)}, ${iso(draft.savedAt)}, ${iso(draft.expiresAt)})
    on conflict (owner, completes) where completes is not null and submitted_as is null do nothing`.execute(ctx.db)
}

/** The owner's own, not expired. */
export const findDraft = async (ctx: Ctx, owner: string, id: Uuid): Promise<Draft | undefined> =>
  (await sql<Draft>`select ${COLUMNS} from dossier.draft where id = ${id} and owner = ${owner} and expires_at > ${iso(ctx.now)}`.execute(ctx.db)).rows[0]

export const findCompletion = async (ctx: Ctx, owner: string, dossierId: Uuid): Promise<Draft | undefined> =>
  (await sql<Draft>`
    select ${COLUMNS} from dossier.draft where owner = ${owner} and completes = ${dossierId} and submitted_as is null and expires_at > ${iso(ctx.now)}`.execute(ctx.db)).rows[0]

/** Open ones, the last written first. */
export const listDrafts = async (ctx: Ctx, owner: string): Promise<readonly Draft[]> =>
  (await sql<Draft>`
    select ${COLUMNS} from dossier.draft
     where owner = ${owner} and completes is null and submitted_as is null and expires_at > ${iso(ctx.now)}
     order by saved_at desc limit ${MOST_DRAFTS}`.execute(ctx.db)).rows
