import { z } from 'zod'
import { isUuid } from '#kernel/ids.ts'
import type { Result } from '#kernel/result.ts'
import type { Ctx } from '#platform/ctx.ts'
import { granted } from '#platform/refused.ts'
import { ActOn, type ActRefusal, type Acted, act, optionalText } from '../act.ts'
import { claimedFiles, contentsOf } from '../claim-files.ts'
import { STANCES } from '../lifecycle/consultation.ts'

/** COMMAND. The opinion of the unit that was asked; it fits wherever the dossier is meanwhile, so it names no version. */
export const AnswerConsultation = ActOn.omit({ version: true }).extend({
  n: z.int().min(1),
  stance: z.enum(STANCES),
  text: optionalText(8000),
  uploadIds: z.array(z.string().refine(isUuid)).max(10).default([]),
})
export type AnswerConsultation = z.infer<typeof AnswerConsultation>

/** Of whoever speaks for the unit; with the answer it reads the dossier no more. @throws Forbidden, NotFound */
export const answerConsultation = async (ctx: Ctx, input: AnswerConsultation): Promise<Result<Acted, ActRefusal>> =>
  act<AnswerConsultation>(
    ctx,
    'dossier.advise',
    input,
    async (ctx, { n, stance, text, uploadIds }, state) => ({ action: 'answer-consultation', n, stance, text: text || null, files: granted(await claimedFiles(ctx, state.id, uploadIds)) }),
    { uploadIds: await contentsOf(ctx, input.uploadIds) },
  )
