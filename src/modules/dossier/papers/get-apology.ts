import { NotFound } from '#kernel/errors.ts'
import type { Uuid } from '#kernel/ids.ts'
import { dateOf } from '#kernel/plain-date.ts'
import { getWorkingCalendar, workingDatesBetween } from '#modules/calendar'
import { getRevision } from '#modules/catalogue'
import { unitNameOn } from '#modules/organisation'
import type { Ctx } from '#platform/ctx.ts'
import { reasonInWords } from '../late/apology-reasons.ts'
import { cityName } from '../results/read-result.ts'
import { type ApologyLetter, apologyFacts, measuredAt, reasonText, workingDaysText } from './apology-data.ts'
import { printedFormAt } from './layouts/find-layouts.ts'
import { type PrintedFor, openForPrint, placeName, signerPrinted } from './open-for-print.ts'

/** QUERY. One letter of apology, or its draft, which is the office's alone. @throws Forbidden · NotFound where there is none */
export const getApology = async (ctx: Ctx, id: Uuid, which: number | 'draft', printedFor: PrintedFor = 'office'): Promise<ApologyLetter> => {
  const state = await openForPrint(ctx, id, printedFor)
  const facts = which === 'draft' && printedFor === 'own' ? undefined : apologyFacts(state, which)
  const form = facts === undefined ? undefined : await printedFormAt(ctx, 'APOLOGY_EXTENSION', facts.at)
  const { code, receivedAt } = state
  if (facts === undefined || form === undefined || code === null || receivedAt === null) throw new NotFound(`apology of ${id}`)
  const { reasonCode, explanation, by, ...told } = facts
  const calendar = await getWorkingCalendar(ctx, state.agencyId)
  const days = (to: typeof facts.at) => workingDaysText(workingDatesBetween(calendar, dateOf(facts.dueAt), dateOf(to)))
  return {
    ...told,
    form,
    code,
    parent: await cityName(ctx),
    agency: (await unitNameOn(ctx, state.agencyId, dateOf(facts.at))).name,
    place: await placeName(ctx),
    person: { name: state.applicant.name, address: state.applicant.address },
    procedure: { code: state.procedureCode, name: (await getRevision(ctx, state.revisionId)).name },
    receivedAt,
    reason: reasonText(reasonInWords(reasonCode), explanation),
    signer: await signerPrinted(ctx, state.agencyId, by),
    extendedBy: facts.newDueAt === null ? '' : (days(facts.newDueAt) ?? ''),
    basis: null,
    late: days(measuredAt(state, facts.at)),
  }
}
