import { z } from 'zod'
import { isUuid } from '#kernel/ids.ts'
import { isPlainDate } from '#kernel/plain-date.ts'
import type { Result } from '#kernel/result.ts'
import { authorise } from '#modules/access'
import type { Ctx } from '#platform/ctx.ts'
import { ActOn, type ActRefusal, type Acted, Line, act } from './act.ts'
import { claimFile, fileByContent } from './claim-files.ts'
import type { Act } from './lifecycle/lifecycle.ts'
import { granted } from '#platform/refused.ts'

/** COMMAND. `declined` = a written refusal to resolve: a result too, with number and date like any other (domain.md §2.2). */
export const IssueResult = ActOn.extend({
  kind: z.enum(['granted', 'declined']).default('granted'),
  title: Line(300),
  /** As printed: `125/QĐ-UBND`, `12/UBND-XNTTHN`. */
  number: Line(60),
  issuedOn: z.string().refine(isPlainDate),
  uploadId: z.string().refine(isUuid).optional(),
})
export type IssueResult = z.infer<typeof IssueResult>

/** The clerk numbers, dates and seals (vào sổ, cấp số, đóng dấu): the dossier is finished here, the moment that on-time is measured by. @throws Forbidden, NotFound, Stale */
export const issueResult = async (ctx: Ctx, input: IssueResult): Promise<Result<Acted, ActRefusal>> => {
  authorise(ctx, 'dossier.issue')
  const alike = input.uploadId === undefined ? {} : { uploadId: await fileByContent(ctx, input.uploadId) }
  return act(ctx, 'dossier.issue', input, toIssue, alike)
}

const toIssue = async (ctx: Ctx, input: IssueResult): Promise<Extract<Act, { action: 'issue' }>> => ({
  action: 'issue',
  kind: input.kind,
  title: input.title,
  template: null,
  fields: {},
  number: input.number,
  issuedOn: input.issuedOn,
  file: input.uploadId === undefined ? null : granted(await claimFile(ctx, input.dossierId, input.uploadId)),
})
