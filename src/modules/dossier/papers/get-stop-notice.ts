import { NotFound } from '#kernel/errors.ts'
import type { Uuid } from '#kernel/ids.ts'
import { dateOf } from '#kernel/plain-date.ts'
import { getRevision } from '#modules/catalogue'
import { unitNameOn } from '#modules/organisation'
import type { Ctx } from '#platform/ctx.ts'
import { cityName } from '../results/read-result.ts'
import { stepTitle } from '../step-title.ts'
import { stopGround } from '../supplement/reasons.ts'
import { printedFormAt } from './layouts/find-layouts.ts'
import type { StopNotice } from './notice-data.ts'
import { type PrintedFor, openForPrint, placeName, signerPrinted } from './open-for-print.ts'

/** QUERY. The notice that the work on a dossier ended without a result. @throws Forbidden · NotFound where it was not stopped, or the regime has no such form (before July 2025) */
export const getStopNotice = async (ctx: Ctx, id: Uuid, printedFor: PrintedFor = 'office'): Promise<StopNotice> => {
  const state = await openForPrint(ctx, id, printedFor)
  const { code, receivedAt, ending } = state
  const form = ending?.kind === 'stopped' ? await printedFormAt(ctx, 'STOP_NOTICE', ending.at) : undefined
  if (ending?.kind !== 'stopped' || form === undefined || code === null || receivedAt === null) throw new NotFound(`stop notice of ${id}`)
  const last = state.custody.at(-1)
  const paid = state.paymentDuties.some((duty) => duty.paid !== null)
  return {
    form,
    code,
    number: null,
    at: ending.at,
    parent: await cityName(ctx),
    agency: (await unitNameOn(ctx, state.agencyId, dateOf(ending.at))).name,
    place: await placeName(ctx),
    person: { name: state.applicant.name, address: state.applicant.address },
    procedure: { code: state.procedureCode, name: (await getRevision(ctx, state.revisionId)).name },
    receivedAt,
    reason: `${stopGround(ending.ground)}. ${ending.reason}`,
    signer: await signerPrinted(ctx, state.agencyId, ending.by),
    stage: last === undefined ? '' : stepTitle(last.step),
    legalBasis: ending.legalBasis,
    decision: 'dừng giải quyết hồ sơ.',
    finance: paid ? 'khoản đã nộp được xử lý theo quy định của pháp luật về phí, lệ phí và quản lý thuế.' : null,
    papersBack: 'nhận lại tại nơi đã nộp hồ sơ.',
  }
}
