import type { Uuid } from '#kernel/ids.ts'
import type { PlainDate } from '#kernel/plain-date.ts'
import { authorise } from '#modules/access'
import { type OfferedProcedure, type Unit, getUnit, routeOf } from '#modules/organisation'
import type { Ctx } from '#platform/ctx.ts'
import { sql } from '#platform/db/db.ts'
import type { AssignmentSetting } from './assignment.ts'

export type AssignmentRuleSet = AssignmentSetting & { readonly id: Uuid; readonly from: PlainDate }

/** QUERY. Every setting of a unit, the newest first: the first whose day has come is in force. @throws Forbidden */
export const listAssignmentRules = async (ctx: Ctx, unitId: Uuid): Promise<readonly AssignmentRuleSet[]> => {
  authorise(ctx, 'organisation.edit')
  const { rows } = await sql<AssignmentRuleSet>`
    select id, valid_from as "from", rule, keep_officer as "keepOfficer", fields from process.assignment_rule where unit_id = ${unitId} order by valid_from desc`.execute(ctx.db)
  return rows
}

/** QUERY. Fields whose procedures the unit handles, by the offering: those that a rule can name. @throws NotFound */
export const listFieldsOf = async (ctx: Ctx, unit: Unit): Promise<readonly string[]> => {
  const agency = await getUnit(ctx, unit.agencyId)
  const { rows } = await sql<OfferedProcedure>`select distinct field, publisher, levels from catalogue.pub_procedure`.execute(ctx.db)
  const handled = rows.filter((procedure) => {
    const route = routeOf(unit.level, procedure)
    return route.offered && route.unit === unit.remit && (route.agency === undefined || route.agency === agency.remit)
  })
  return [...new Set(handled.map((procedure) => procedure.field))].sort((a, b) => a.localeCompare(b, 'vi'))
}
