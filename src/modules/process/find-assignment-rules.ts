import type { Uuid } from '#kernel/ids.ts'
import { type PlainDate, dateOf } from '#kernel/plain-date.ts'
import { authorise } from '#modules/access'
import type { Ctx } from '#platform/ctx.ts'
import { sql } from '#platform/db/db.ts'
import type { AssignmentSetting } from './assignment.ts'

export type AssignmentRuleSet = AssignmentSetting & { readonly id: Uuid; readonly from: PlainDate }

const COLUMNS = sql.raw(`r.id, r.valid_from as "from", r.rule, r.keep_officer as "keepOfficer", r.fields`)

/** QUERY. Every setting of a unit, the newest first: the first whose day has come is in force. @throws Forbidden */
export const listAssignmentRules = async (ctx: Ctx, unitId: Uuid): Promise<readonly AssignmentRuleSet[]> => {
  authorise(ctx, 'organisation.edit')
  const { rows } = await sql<AssignmentRuleSet>`select ${COLUMNS} from process.assignment_rule r where r.unit_id = ${unitId} order by r.valid_from desc, r.id desc`.execute(ctx.db)
  return rows
}

/** What is in force in a unit today; undefined: nothing was ever set, the leader assigns. */
export const findAssignmentSetting = async (ctx: Ctx, unitId: Uuid): Promise<AssignmentSetting | undefined> => {
  const { rows } = await sql<AssignmentRuleSet>`/* prepared */
    select ${COLUMNS} from process.assignment_rule r where r.unit_id = ${unitId} and r.valid_from <= ${dateOf(ctx.now)}::date order by r.valid_from desc, r.id desc limit 1`.execute(ctx.db)
  return rows[0]
}
