/** SQL for the earlier attempts at a need: those that the rule links when a dossier is filed, and the one that an officer names. */
import { type Uuid, uuidv7Floor } from '#kernel/ids.ts'
import { type Instant, MS_PER_DAY, instant } from '#kernel/plain-date.ts'
import { canonicalDossierCode } from '#modules/process'
import type { Ctx } from '#platform/ctx.ts'
import { sql } from '#platform/db/db.ts'
import { type Attempt, countsSince, fateOf } from '../lifecycle/journey.ts'
import type { DossierState } from '../lifecycle/state.ts'

type Filing = Pick<DossierState, 'procedureCode' | 'applicantId' | 'applicant' | 'submitterId' | 'submitter'>

type Row = { id: Uuid; of: Attempt['of']; fate: string; firstContactAt: Instant; unmetAt: Instant | null }
const attemptOf = ({ id, of, fate, firstContactAt, unmetAt }: Row): Attempt => ({ id, of, fate: of === 'guidance' ? (fate === 'refusal' ? 'turned-away' : 'guided') : fateOf(fate, unmetAt), firstContactAt, unmetAt })

/** Nothing that began longer ago is looked at: it keeps the old years out of it. */
const LONGEST_DAYS = 3 * 366
/** More than that is no journey but a mistake of the records. */
const MOST = 20

const DOSSIER = sql.raw(`d.id, 'dossier' as of, d.status as fate, coalesce(d.first_contact_at, d.submitted_at, d.received_at) as "firstContactAt", d.unmet_at as "unmetAt"`)
const GUIDANCE = sql.raw(`g.id, 'guidance' as of, g.kind as fate, g.given_at as "firstContactAt", g.given_at as "unmetAt"`)

/**
 * The same applicant, the same procedure, come to nothing within the days that the regime sets; or a guidance at the counter for them or their telephone.
 * For almost every filing there is none: it asks two indexes that hold only what came to nothing (`|| ''`: and not the one of all dossiers of a procedure). Sent behind another statement of the filing, it costs no wait.
 */
export const attemptsBefore = async (ctx: Ctx, filing: Filing): Promise<readonly Attempt[]> => {
  const since = new Date(countsSince(ctx.now)).toISOString()
  const { rows } = await sql<Row>`/* prepared */
    select ${DOSSIER} from dossier.dossier d
     where (d.applicant_id = ${filing.applicantId}::uuid or d.applicant_number = ${filing.applicant.personalNumber}) and d.unmet_at >= ${since}::timestamptz
       and (d.procedure_code || '') = ${filing.procedureCode} and d.id >= ${uuidv7Floor(instant(ctx.now - LONGEST_DAYS * MS_PER_DAY))}::uuid
    union all
    select ${GUIDANCE} from dossier.guidance g
     where (g.person_id = ${filing.applicantId}::uuid or g.person_phone_digits = ${filing.applicant.phone}) and g.given_at >= ${since}::timestamptz and g.procedure_code = ${filing.procedureCode}
     order by "firstContactAt", id limit ${sql.lit(MOST)}`.execute(ctx.db)
  return rows.map(attemptOf)
}

type Applicant = { readonly applicantId: Uuid; readonly applicantNumber: string | null }

/** The dossier of that code, or of that id, where it is of the same applicant. */
export const attemptNamed = async (ctx: Ctx, named: { readonly code: string } | { readonly id: Uuid }, of: Applicant): Promise<Attempt | undefined> => {
  const which = 'id' in named ? sql`d.id = ${named.id}` : sql`d.id = (select id from dossier.code where code = ${canonicalDossierCode(named.code)})`
  const { rows } = await sql<Row>`select ${DOSSIER} from dossier.dossier d where ${which} and (d.applicant_id = ${of.applicantId} or d.applicant_number = ${of.applicantNumber})`.execute(ctx.db)
  return rows.map(attemptOf)[0]
}

/** A guidance of that desk. Whoever it was given to stood before its officers: they say that it is the same person. */
export const guidanceNamed = async (ctx: Ctx, id: Uuid, deskId: Uuid): Promise<Attempt | undefined> => {
  const { rows } = await sql<Row>`select ${GUIDANCE} from dossier.guidance g where g.id = ${id} and g.desk_id = ${deskId}`.execute(ctx.db)
  return rows.map(attemptOf)[0]
}
