import { z } from 'zod'
import { NotFound } from '#kernel/errors.ts'
import { isUuid, type Uuid } from '#kernel/ids.ts'
import { type PlainDate, dateOf, isPlainDate } from '#kernel/plain-date.ts'
import type { Result } from '#kernel/result.ts'
import { authorise } from '#modules/access'
import type { Ctx } from '#platform/ctx.ts'
import { inTx, sql } from '#platform/db/db.ts'
import { newId } from '#platform/ids.ts'
import { append } from '#platform/log/append.ts'
import { orRefused, refuse } from '#platform/refused.ts'
import { once } from '#platform/request.ts'
import { ASSIGNMENT_RULES, type AssignmentSetting } from './assignment.ts'

const Id = z.string().refine(isUuid, 'Mã không hợp lệ').transform((s) => s as Uuid)

/** COMMAND. How the dossiers of a unit find their officer, from a day on. It holds until the next one; a second one for the same day takes the place of the first. */
export const SetAssignmentRule = z
  .object({
    submissionKey: Id,
    unitId: Id,
    rule: z.enum(ASSIGNMENT_RULES),
    keepOfficer: z.boolean(),
    from: z.string().refine(isPlainDate, 'Hãy chọn ngày').transform((s) => s as PlainDate),
    fields: z.record(z.string().min(1).max(200), z.array(Id).min(1).max(50)).default({}),
  })
  .refine((s) => s.rule !== 'by-field' || Object.keys(s.fields).length > 0, { path: ['fields'], error: 'Chọn người phụ trách cho ít nhất một lĩnh vực' })
export type SetAssignmentRule = z.infer<typeof SetAssignmentRule>

export type AssignmentRuleRefusal =
  /** What was assigned before stays as it was assigned. */
  | { readonly code: 'begins-in-past'; readonly today: PlainDate }
  | { readonly code: 'post-elsewhere'; readonly postId: Uuid }

/** @throws Forbidden, NotFound */
export const setAssignmentRule = async (ctx: Ctx, input: SetAssignmentRule): Promise<Result<{ readonly unitId: Uuid }, AssignmentRuleRefusal>> => {
  const by = authorise(ctx, 'organisation.edit')
  return orRefused(() =>
    inTx(ctx, (ctx) =>
      once(ctx, { command: 'assignment-rule.set', key: input.submissionKey, input }, async () => {
        const today = dateOf(ctx.now)
        if (input.from < today) refuse<AssignmentRuleRefusal>({ code: 'begins-in-past', today })
        const fields = input.rule === 'by-field' ? input.fields : {}
        await checkPosts(ctx, input.unitId, [...new Set(Object.values(fields).flat())])
        const id = newId(ctx.now)
        const data = { unitId: input.unitId, rule: input.rule, keepOfficer: input.keepOfficer, fields, from: input.from }
        await writeAssignmentRule(ctx, rowOfAssignmentRule(id, data))
        await append(ctx, 'other', id, [{ type: 'assignment-rule.set', data }], { expectedSeq: 0, ...(by && { postId: by.postId }) })
        return { unitId: input.unitId }
      }),
    ),
  )
}

/** Only posts of the unit itself. @throws NotFound without such a unit */
const checkPosts = async (ctx: Ctx, unitId: Uuid, posts: readonly Uuid[]): Promise<void> => {
  const { rows } = await sql<{ id: Uuid; posts: readonly Uuid[] }>`
    select u.id, coalesce((select array_agg(p.id) from organisation.pub_post p where p.unit_id = u.id), '{}') as posts from organisation.pub_unit u where u.id = ${unitId}`.execute(ctx.db)
  if (rows[0] === undefined) throw new NotFound(`unit ${unitId}`)
  const { posts: known } = rows[0]
  const elsewhere = posts.find((id) => !known.includes(id))
  if (elsewhere !== undefined) refuse<AssignmentRuleRefusal>({ code: 'post-elsewhere', postId: elsewhere })
}

type RuleSet = AssignmentSetting & { readonly unitId: Uuid; readonly from: PlainDate }
type RuleRow = { readonly id: Uuid; readonly unit_id: Uuid; readonly valid_from: PlainDate; readonly rule: string; readonly keep_officer: boolean; readonly fields: AssignmentSetting['fields'] }

/** Decision 10: the only place where the row is made. */
const rowOfAssignmentRule = (id: Uuid, set: RuleSet): RuleRow => ({ id, unit_id: set.unitId, valid_from: set.from, rule: set.rule, keep_officer: set.keepOfficer, fields: set.fields })

const writeAssignmentRule = async (ctx: Ctx, row: RuleRow): Promise<void> => {
  await sql`
    insert into process.assignment_rule select * from jsonb_populate_record(null::process.assignment_rule, ${JSON.stringify(row)}::jsonb)
    on conflict (unit_id, valid_from) do update set id = excluded.id, rule = excluded.rule, keep_officer = excluded.keep_officer, fields = excluded.fields`.execute(ctx.db)
}
