import { z } from 'zod'
import { isUuid } from '#kernel/ids.ts'
import type { Result } from '#kernel/result.ts'
import type { Ctx } from '#platform/ctx.ts'
import { refuse } from '#platform/refused.ts'
import { ActOn, type ActRefusal, type Acted, act, optionalText } from './act.ts'
import { choiceByRule } from './assignment/assign-by-rule.ts'
import { heldAt } from './lifecycle/custody.ts'

/** COMMAND. `postId`: a post of the division that examines dossiers; `rule`: whom the unit's rule finds, the least loaded where it has none. */
export const AssignDossier = ActOn.extend({ postId: z.union([z.literal('rule'), z.string().refine(isUuid)]), note: optionalText(1000) })
export type AssignDossier = z.infer<typeof AssignDossier>

/** The division's leader gives a dossier to a post, or to another one (phân công thụ lý). @throws Forbidden, NotFound, Stale */
export const assignDossier = (ctx: Ctx, input: AssignDossier): Promise<Result<Acted, ActRefusal>> =>
  act(ctx, 'dossier.assign', input, async (ctx, { postId, note }, state, setting) => {
    if (postId !== 'rule') return { action: 'assign', postId, note: note || null }
    const choice = await choiceByRule(ctx, state, setting.rule === 'manual' ? { ...setting, rule: 'least-loaded' } : setting, heldAt(state)?.postId ?? null)
    return choice === undefined ? refuse<ActRefusal>({ code: 'nobody-to-assign' }) : { action: 'assign', postId: choice.postId, note: note || null, rule: choice.by }
  })
