import { NotFound } from '#kernel/errors.ts'
import type { Uuid } from '#kernel/ids.ts'
import { dateOf } from '#kernel/plain-date.ts'
import { getRevision } from '#modules/catalogue'
import { unitNameOn } from '#modules/organisation'
import type { Ctx } from '#platform/ctx.ts'
import { renderPdf } from '#platform/pdf/render-pdf.ts'
import { findNames } from '../names.ts'
import { cityName } from '../results/read-result.ts'
import { type InspectionPaper, inspectionPaper } from './inspection-record.ts'
import { openForPrint, placeName } from './open-for-print.ts'

/** QUERY. The record of one visit; the reading is recorded. @throws Forbidden outside the units concerned · NotFound, also before it was written down */
export const getInspection = async (ctx: Ctx, id: Uuid, n: number): Promise<InspectionPaper> => {
  const state = await openForPrint(ctx, id, 'office')
  const found = state.inspections.find((i) => i.n === n)
  if (found?.record == null || state.code === null) throw new NotFound(`inspection ${n} of ${id}`)
  const { record, signed } = found
  const day = dateOf(record.endedAt)
  const names = await findNames(ctx, [record.by.personId])
  return {
    code: state.code,
    parent: await cityName(ctx),
    agency: (await unitNameOn(ctx, state.agencyId, day)).name,
    division: (await unitNameOn(ctx, state.divisionId, day)).name,
    placeName: await placeName(ctx),
    applicant: { name: state.applicant.name, address: state.applicant.address },
    procedure: { code: state.procedureCode, name: (await getRevision(ctx, state.revisionId)).name },
    inspector: { name: names.person(record.by.personId) ?? '', post: names.post(record.by.postId) ?? '' },
    record,
    signedAt: signed?.at ?? null,
    asOf: signed?.at ?? record.at,
  }
}

export const renderInspection = (paper: InspectionPaper, publicUrl: string): Promise<Buffer> => renderPdf(inspectionPaper(paper, publicUrl))
