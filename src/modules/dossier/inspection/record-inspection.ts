import { z } from 'zod'
import { isUuid } from '#kernel/ids.ts'
import type { Result } from '#kernel/result.ts'
import type { Ctx } from '#platform/ctx.ts'
import { granted } from '#platform/refused.ts'
import { ActOn, type ActRefusal, type Acted, Line, Text, act, optionalText } from '../act.ts'
import { claimFile, claimedFiles, contentsOf, fileByContent } from '../claim-files.ts'
import { Moment } from './plan-inspection.ts'

const id = z.string().refine(isUuid)

/** COMMAND. `uploadIds`: photographs that come to those that are there. */
export const RecordInspection = ActOn.extend({
  beganAt: Moment,
  endedAt: Moment,
  place: Line(300),
  people: z.array(z.object({ name: Line(200), capacity: Line(200) })).min(1).max(30),
  findings: Text(8000),
  conclusion: optionalText(4000),
  uploadIds: z.array(id).max(20).default([]),
})
export type RecordInspection = z.infer<typeof RecordInspection>

/** What was found, and who was there; may be written anew until it is signed. @throws Forbidden, NotFound, Stale */
export const recordInspection = async (ctx: Ctx, input: RecordInspection): Promise<Result<Acted, ActRefusal>> =>
  act<RecordInspection>(
    ctx,
    'dossier.examine',
    input,
    async (ctx, { beganAt, endedAt, place, people, findings, conclusion, uploadIds }, state) => ({
      action: 'record-inspection', beganAt, endedAt, place, people, findings, conclusion: conclusion || null, photos: granted(await claimedFiles(ctx, state.id, uploadIds)),
    }),
    { uploadIds: await contentsOf(ctx, input.uploadIds) },
  )

/** COMMAND. `uploadId`: the paper with the hands of those who were there. */
export const SignInspection = ActOn.extend({ uploadId: id.optional() })
export type SignInspection = z.infer<typeof SignInspection>

/** From now on the record stands as it is. @throws Forbidden, NotFound, Stale */
export const signInspection = async (ctx: Ctx, input: SignInspection): Promise<Result<Acted, ActRefusal>> =>
  act<SignInspection>(
    ctx,
    'dossier.examine',
    input,
    async (ctx, { uploadId }, state) => ({ action: 'sign-inspection', scan: uploadId === undefined ? null : granted(await claimFile(ctx, state.id, uploadId)) }),
    input.uploadId === undefined ? {} : { uploadId: await fileByContent(ctx, input.uploadId) },
  )
