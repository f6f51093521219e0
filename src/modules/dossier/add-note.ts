import type { z } from 'zod'
import type { Result } from '#kernel/result.ts'
import type { Ctx } from '#platform/ctx.ts'
import { ActOn, type ActRefusal, type Acted, Text, act } from './act.ts'

/** COMMAND */
export const AddNote = ActOn.extend({ text: Text(4000) })
export type AddNote = z.infer<typeof AddNote>

/** An internal note (ghi chú nội bộ): moves nothing, the citizen does not see it. @throws Forbidden, NotFound, Stale */
export const addNote = (ctx: Ctx, input: AddNote): Promise<Result<Acted, ActRefusal>> => act(ctx, 'dossier.read', input, async () => ({ action: 'note', text: input.text }))
