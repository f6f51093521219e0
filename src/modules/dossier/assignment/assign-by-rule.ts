/** The facts behind a unit's rule of assignment (`process/assignment.ts`), asked only where a dossier waits for an officer. */
import type { Uuid } from '#kernel/ids.ts'
import { dateOf } from '#kernel/plain-date.ts'
import { type AssignmentSetting, type Candidate, type Choice, chooseOfficer, lockTurn, noteTurn } from '#modules/process'
import type { Actor, Ctx } from '#platform/ctx.ts'
import { sql } from '#platform/db/db.ts'
import { heldAt } from '../lifecycle/custody.ts'
import type { Act } from '../lifecycle/lifecycle.ts'
import { bringsBack } from '../lifecycle/nouns.ts'
import type { DossierState } from '../lifecycle/state.ts'
import { lastHolder } from '../lifecycle/step-clock.ts'

/** In whose name the log says it. */
export const ASSIGNER: Actor = { kind: 'system', job: 'assignment' }

/** It just came to the leader to be assigned, or to the examination without a name on it. */
export const waitsForOfficer = (before: DossierState, now: DossierState): boolean => {
  const held = heldAt(now)
  if (held === undefined || held.n === heldAt(before)?.n) return false
  // What an officer sends back to the leader is the leader's to give.
  return held.postId === null && (held.step === 'HANDLE' || (held.step === 'ASSIGN' && heldAt(before)?.step === 'RECEIVE'))
}

/** Undefined: the leader assigns, by the setting or because the rule finds nobody. */
export const assignmentByRule = async (ctx: Ctx, state: DossierState, setting: AssignmentSetting): Promise<Extract<Act, { action: 'assign' }> | undefined> => {
  const choice = await choiceByRule(ctx, state, setting)
  return choice === undefined ? undefined : { action: 'assign', postId: choice.postId, note: null, rule: choice.by }
}

/** @param except who must not get it: whoever it is taken from */
export const choiceByRule = async (ctx: Ctx, state: DossierState, setting: AssignmentSetting, except: Uuid | null = null): Promise<Choice | undefined> => {
  if (setting.rule === 'manual') return undefined
  const lastTurn = setting.rule === 'round-robin' ? await lockTurn(ctx, state.divisionId) : null
  const { candidates, field } = await factsOf(ctx, state)
  const choice = chooseOfficer(setting, { candidates, field, previous: lastHolder(state, 'HANDLE'), lastTurn, except })
  if (choice?.by === 'round-robin') await noteTurn(ctx, state.divisionId, choice.postId)
  return choice
}

/** Officers of the division, each with what they have in hand; leaders are given work by people only. */
const factsOf = async (ctx: Ctx, state: DossierState): Promise<{ readonly candidates: readonly Candidate[]; readonly field: string }> => {
  const today = dateOf(ctx.now)
  const { rows } = await sql<{ candidates: readonly Candidate[]; field: string | null }>`/* prepared */
    select (select field from catalogue.pub_revision where id = ${state.revisionId}) as field,
           coalesce((
             select jsonb_agg(jsonb_build_object(
                      'postId', h.post_id,
                      'open', (select count(*) from dossier.dossier d where d.open and d.holder_post_id is not null and d.holder_post_id = h.post_id),
                      'away', exists (select from organisation.pub_absence a where a.person_id = h.person_id and a.valid_from <= ${today}::date and a.valid_to > ${today}::date)))
               from organisation.pub_held_post h
              where h.unit_id = ${state.divisionId} and h.role = 'case-officer' and h.valid_from <= ${today}::date and (h.valid_to is null or h.valid_to > ${today}::date)), '[]') as candidates`.execute(ctx.db)
  return { candidates: rows[0]?.candidates ?? [], field: rows[0]?.field ?? '' }
}

/** Whether the act may bring it back to somebody who examined it before. */
export const mayComeBack = (state: DossierState, { action }: Act): boolean => lastHolder(state, 'HANDLE') !== null && bringsBack(action, heldAt(state))

/** Whoever examined it last has left the post, or is away and nobody stands in. */
export const isExaminerGone = async (ctx: Ctx, state: DossierState): Promise<boolean> => {
  const today = dateOf(ctx.now)
  const { rows } = await sql`/* prepared */
    select 1 from organisation.pub_held_post h
     where h.post_id = ${lastHolder(state, 'HANDLE')} and h.valid_from <= ${today}::date and (h.valid_to is null or h.valid_to > ${today}::date)
       and not exists (select from organisation.pub_absence a
                        where a.person_id = h.person_id and a.valid_from <= ${today}::date and a.valid_to > ${today}::date and a.stand_in_id is null)
     limit 1`.execute(ctx.db)
  return rows.length === 0
}
