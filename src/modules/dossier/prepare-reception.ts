import { randomInt } from 'node:crypto'
import { NotFound } from '#kernel/errors.ts'
import type { Uuid } from '#kernel/ids.ts'
import { type Result, err, ok } from '#kernel/result.ts'
import { getWorkingCalendar } from '#modules/calendar'
import { findCurrentRevision } from '#modules/catalogue'
import { type Person, competentUnit, getPerson } from '#modules/organisation'
import type { Ctx } from '#platform/ctx.ts'
import { sql } from '#platform/db/db.ts'
import { keepWhile, withVersions } from '#platform/versions.ts'
import { lookUpSecret } from './look-up-secret.ts'
import type { ReceptionFacts, ReceptionRefusal } from './lifecycle/reception.ts'
import type { PersonSnapshot } from './lifecycle/state.ts'
import type { ReceiveDossier } from './receive-dossier.ts'

export type Prepared = {
  /** All but the files, which are claimed inside the transaction. */
  readonly facts: Omit<ReceptionFacts, 'attachments'>
  /** Code of the place of reception, which the dossier code begins with (decision 24). */
  readonly agencyCode: string
}

/** What needs no lock is read before the transaction. @throws NotFound for an unknown desk or person */
export const prepareReception = async (asked: Ctx, input: ReceiveDossier): Promise<Result<Prepared, ReceptionRefusal>> => {
  const ctx = await withVersions(asked)
  const revision = await findCurrentRevision(ctx, input.procedureCode)
  if (revision === undefined) return err({ code: 'procedure-unknown', procedureCode: input.procedureCode })
  if (input.revisionId !== undefined && input.revisionId !== revision.id) return err({ code: 'revision-replaced', current: revision.id })
  const desk = await getDesk(ctx, input.deskId)
  const competent = await competentUnit(ctx, revision, desk.agencyId)
  if (!competent.offered) return err({ code: 'not-offered', reason: competent.reason })
  const applicant = await getPerson(ctx, input.applicantId)
  const submitter = input.submitter === undefined ? null : { ...snapshot(await getPerson(ctx, input.submitter.personId)), relation: input.submitter.relation }
  return ok({
    agencyCode: desk.agencyCode,
    facts: {
      now: ctx.now,
      calendar: await getWorkingCalendar(ctx, competent.agencyId),
      revision,
      methodRow: input.methodRow,
      deskId: desk.id,
      receivingAgencyId: desk.agencyId,
      agencyId: competent.agencyId,
      divisionId: competent.unitId,
      level: competent.level,
      applicant: snapshot(applicant),
      submitter,
      ticked: input.components,
      sets: input.sets,
      delivery: input.delivery,
      deliveryAddress: input.deliveryAddress ?? null,
      remark: input.remark ?? null,
      secret: lookUpSecret((limit) => randomInt(limit)),
    },
  })
}

type Desk = { readonly id: Uuid; readonly agencyId: Uuid; readonly agencyCode: string }

const desks = keepWhile<Desk | undefined>(500, 'organisation')

const getDesk = async (ctx: Ctx, id: Uuid): Promise<Desk> => {
  const desk = await desks(ctx, id, async ({ db }) => {
    const { rows } = await sql<Desk>`
      select d.id, a.id as "agencyId", a.code as "agencyCode" from organisation.pub_unit d join organisation.pub_unit a on a.id = d.agency_id where d.id = ${id}`.execute(db)
    return rows[0]
  })
  if (desk === undefined) throw new NotFound(`desk ${id}`)
  return desk
}

export const snapshot = ({ id, kind, name, personalNumber, phone, address, email }: Person): PersonSnapshot & { readonly id: Uuid } => ({
  id, kind, name, personalNumber, phone, address, email,
})

/** Whose need it is, before the dossier is made: to look for their earlier attempts. */
export const filingOf = ({ revision, applicant, submitter }: Pick<ReceptionFacts, 'revision' | 'applicant' | 'submitter'>) => ({
  procedureCode: revision.code, applicantId: applicant.id, applicant, submitterId: submitter?.id ?? null, submitter,
})
