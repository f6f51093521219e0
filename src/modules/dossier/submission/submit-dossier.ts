import { randomInt } from 'node:crypto'
import { z } from 'zod'
import type { Json } from '#kernel/digest.ts'
import { type Uuid, isUuid } from '#kernel/ids.ts'
import { type Instant, dateOf } from '#kernel/plain-date.ts'
import { type Result, err, ok } from '#kernel/result.ts'
import { tidy } from '#kernel/text.ts'
import { authoriseAccount } from '#modules/access'
import { getWorkingCalendar } from '#modules/calendar'
import { findCurrentRevision, formOf } from '#modules/catalogue'
import { ApplicantOnBehalf, competentUnit, findOnRecord, getOwnPerson, getUnit } from '#modules/organisation'
import type { Ctx } from '#platform/ctx.ts'
import { inTx } from '#platform/db/db.ts'
import { newId } from '#platform/ids.ts'
import { append } from '#platform/log/append.ts'
import { granted, orRefused } from '#platform/refused.ts'
import { heeded, once } from '#platform/request.ts'
import { claimFiles, filesByContent } from '../claim-files.ts'
import { insertDossier, takeCode } from '../dossier-store.ts'
import { closeDraft } from '../draft/draft.ts'
import { attemptsBefore } from '../journey/earlier-attempts.ts'
import { linkedAtFiling } from '../lifecycle/journey.ts'
import { intakeDueAt } from '../lifecycle/step-clock.ts'
import { toLogged } from '../lifecycle/logged.ts'
import { type ReceptionFacts, type ReceptionRefusal, decideSubmission } from '../lifecycle/reception.ts'
import { rowsOf } from '../lifecycle/rows.ts'
import { type DossierEvent, type FormKept, begin, evolve } from '../lifecycle/state.ts'
import { lookUpSecret } from '../look-up-secret.ts'
import { snapshot } from '../prepare-reception.ts'
import { type FormRefusal, keptForm } from './kept-form.ts'
import { CAPACITIES, type OnBehalfRefusal, decideOnBehalf } from './on-behalf.ts'

const Id = z.string().refine(isUuid)
const line = (max: number) => z.string().transform(tidy).pipe(z.string().min(1).max(max))

/** Papers by number in the revision, with the uploads that are their files. */
export const Papers = z.array(z.object({ n: z.int().min(1), uploadIds: z.array(Id).max(20) })).max(100)
/** The electronic form as it was filled in; what its answers may be, the form itself says. */
export const Answers = z.object({ slug: z.string().min(1).max(100), /** The one that the page showed. */ version: z.string().max(64).optional(), answers: z.custom<Json>((value) => value !== undefined) })

/** COMMAND. What a citizen files on line; shapes only, the rules are in `decideSubmission` and in the form. */
export const SubmitDossier = z.object({
  /** A UUIDv7 made with the draft: a second press, a lost answer, a replay get the first answer (decision 17). */
  submissionKey: Id,
  procedureCode: z.string().max(40),
  /** The revision that the pages showed. */
  revisionId: Id,
  methodRow: z.int().min(1),
  /** Place of reception: a commune, a department, the city's service centre. */
  agencyId: Id,
  form: Answers.optional(),
  components: Papers,
  otherUploadIds: z.array(Id).max(20),
  /** For somebody else; left out: the account's person applies. */
  onBehalf: z.object({ applicant: ApplicantOnBehalf, capacity: z.enum(CAPACITIES), authorisationUploadIds: z.array(Id).max(20) }).optional(),
  delivery: z.enum(['counter', 'postal', 'online']),
  deliveryAddress: line(300).optional(),
  remark: line(1000).optional(),
  /** Closed in the same transaction. */
  draftId: Id.optional(),
})
export type SubmitDossier = z.infer<typeof SubmitDossier>

export type SubmittedDossier = { readonly id: Uuid; readonly code: string; readonly secret: string; readonly submittedAt: Instant; readonly intakeDueAt: Instant }
/** `row-not-online`: that way of filing is for the counter or the post. */
export type SubmissionRefusal = ReceptionRefusal | FormRefusal | OnBehalfRefusal | { readonly code: 'row-not-online'; readonly methodRow: number }

/**
 * Files a dossier in the name of the account's person, or by them for somebody else. Acknowledged, with its code, only when every file is stored (decisions 21, 24); the desk answers within 8
 * working hours. A refusal leaves nothing behind, not even the submission key.
 * @throws Forbidden for who is not signed in · Stale for a submission key used for something else
 */
export const submitDossier = async (ctx: Ctx, input: SubmitDossier): Promise<Result<SubmittedDossier, SubmissionRefusal>> => {
  authoriseAccount(ctx)
  const { submissionKey, draftId: _, onBehalf, ...content } = input
  // Whoever files for another files the proof with it, as a paper that nobody published.
  const named = { ...content, otherUploadIds: [...(onBehalf?.authorisationUploadIds ?? []), ...content.otherUploadIds] }
  const submitted = { ...named, ...(await filesByContent(ctx, named)), ...(onBehalf !== undefined && { onBehalf: { ...onBehalf, authorisationUploadIds: onBehalf.authorisationUploadIds.length } }) }
  const prepared = await prepareSubmission(ctx, input)
  return orRefused(() =>
    inTx(ctx, (ctx) =>
      once(ctx, { command: 'dossier.submit', key: submissionKey, input: submitted, keepDays: 400 }, async () => {
        const { facts, form, agencyCode } = granted(prepared)
        const id = newId(ctx.now)
        const attachments = granted(await claimFiles(ctx, id, named))
        const due = intakeDueAt(facts)
        // Not on record: an id that is nobody's.
        const applicant = onBehalf === undefined ? facts.applicant : { ...onBehalf.applicant, email: null, id: (await findOnRecord(ctx, onBehalf.applicant)) ?? newId(ctx.now) }
        const filed = granted(decideSubmission({ ...facts, applicant, attachments }, form, due))
        const by = { personId: ctx.actor.kind === 'person' ? ctx.actor.personId : null, postId: null }
        // The code stands in a table of its own: the rows are the same whatever it will be.
        const linked = linkedAtFiling(await attemptsBefore(ctx, filed.data))
        const state = [coded(''), ...linked].map((event, i) => ({ ...event, seq: 2 + i, at: ctx.now, by })).reduce(evolve, begin(id, { ...filed, seq: 1, at: ctx.now, by }))
        const inserted = heeded(insertDossier(ctx, rowsOf(state)))
        if (input.draftId !== undefined) await closeDraft(ctx, input.draftId, id)
        const [code] = await Promise.all([takeCode(ctx, id, agencyCode, dateOf(ctx.now)), inserted])
        await append(ctx, 'dossier', id, [filed, coded(code), ...linked].map(toLogged), { expectedSeq: 0 })
        return { id, code, secret: facts.secret, submittedAt: ctx.now, intakeDueAt: due }
      }),
    ),
  )
}

const coded = (code: string): DossierEvent => ({ type: 'dossier.code-issued', data: { code } })

/** Null: for oneself. */
const relationOf = ({ onBehalf }: SubmitDossier, ownNumber: string | null): Result<string | null, OnBehalfRefusal> =>
  onBehalf === undefined ? ok(null) : decideOnBehalf({ ...onBehalf.applicant, capacity: onBehalf.capacity, papers: onBehalf.authorisationUploadIds.length }, ownNumber)

type Prepared = { readonly facts: Omit<ReceptionFacts, 'attachments'>; readonly form: FormKept | null; readonly agencyCode: string }

/** What needs no lock is read before the transaction. */
const prepareSubmission = async (ctx: Ctx, input: SubmitDossier): Promise<Result<Prepared, SubmissionRefusal>> => {
  const revision = await findCurrentRevision(ctx, input.procedureCode)
  if (revision === undefined) return err({ code: 'procedure-unknown', procedureCode: input.procedureCode })
  if (input.revisionId !== revision.id) return err({ code: 'revision-replaced', current: revision.id })
  const row = revision.methods.find((m) => m.n === input.methodRow)
  if (row !== undefined && row.channel !== 'online') return err({ code: 'row-not-online', methodRow: input.methodRow })
  const competent = await competentUnit(ctx, revision, input.agencyId)
  if (!competent.offered) return err({ code: 'not-offered', reason: competent.reason })
  const form = keptForm(ctx, formOf(revision.code, revision), input.form)
  if (!form.ok) return form
  const own = await getOwnPerson(ctx)
  const relation = relationOf(input, own.personalNumber)
  if (!relation.ok) return relation
  const place = await getUnit(ctx, competent.deskAgencyId)
  return ok({
    agencyCode: place.code,
    form: form.value,
    facts: {
      now: ctx.now,
      calendar: await getWorkingCalendar(ctx, competent.deskAgencyId),
      revision,
      methodRow: input.methodRow,
      deskId: competent.deskId,
      receivingAgencyId: competent.deskAgencyId,
      agencyId: competent.agencyId,
      divisionId: competent.unitId,
      level: competent.level,
      applicant: snapshot(own),
      submitter: relation.value === null ? null : { ...snapshot(own), relation: relation.value },
      // On line no sheet of paper changes hands: what is ticked came as a file.
      ticked: input.components.map(({ n }) => ({ n, originals: 0, copies: 0 })),
      sets: 1,
      delivery: input.delivery,
      deliveryAddress: input.deliveryAddress ?? null,
      remark: input.remark ?? null,
      secret: lookUpSecret((limit) => randomInt(limit)),
    },
  })
}
