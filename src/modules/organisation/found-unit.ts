import { z } from 'zod'
import { isUuid, type Uuid } from '#kernel/ids.ts'
import { dateOf } from '#kernel/plain-date.ts'
import type { Result } from '#kernel/result.ts'
import { tidy } from '#kernel/text.ts'
import { authorise } from '#modules/access'
import type { Ctx } from '#platform/ctx.ts'
import { inTx, sql } from '#platform/db/db.ts'
import { newId } from '#platform/ids.ts'
import { append } from '#platform/log/append.ts'
import { orRefused, refuse } from '#platform/refused.ts'
import { once } from '#platform/request.ts'
import { Day } from './check-person.ts'
import { writeUnits } from './organisation-store.ts'
import { AGENCY_KINDS, UNIT_KINDS, type UnitFounded, type UnitRefusal, evolveUnit, rowsOfUnit } from './unit-state.ts'

export const Id = z.string().refine(isUuid, 'Mã không hợp lệ').transform((s) => s as Uuid)
export const UnitTitle = z.string().transform(tidy).pipe(z.string().min(2, 'Hãy nhập tên').max(200, 'Tên dài quá 200 ký tự'))

/** COMMAND. A new agency or unit, valid from a day on. */
export const FoundUnit = z.object({
  submissionKey: Id,
  code: z.string().trim().regex(/^[A-Z]\d{2}(\.\d{2,3}){0,3}$/, 'Mã định danh có dạng H57.12 hoặc H57.12.03'),
  name: UnitTitle,
  shortName: UnitTitle,
  kind: z.enum(UNIT_KINDS),
  parentId: Id.nullable(),
  remit: z.string().regex(/^[a-z-]+$/).nullable().default(null),
  areaCode: z.string().regex(/^\d{2,5}$/).nullable().default(null),
  validFrom: Day,
})
export type FoundUnit = z.infer<typeof FoundUnit>

export type Founded = { readonly unitId: Uuid }

/** @throws Forbidden without `organisation.edit` */
export const foundUnit = async (ctx: Ctx, input: FoundUnit): Promise<Result<Founded, UnitRefusal>> => {
  const post = authorise(ctx, 'organisation.edit')
  return orRefused(() =>
    inTx(ctx, (ctx) =>
      once(ctx, { command: 'unit.found', key: input.submissionKey, input }, async () => {
        const id = newId(ctx.now)
        const { rows } = await sql<{ agency_id: Uuid; level: 'province' | 'commune'; code_taken: boolean; parent: Uuid | null }>`
          select p.id as parent, p.agency_id, p.level, exists (select 1 from organisation.unit where code = ${input.code} and (valid_to is null or valid_to > ${input.validFrom}::date)) as code_taken
            from (select 1) one left join organisation.unit p on p.id = ${input.parentId}::uuid`.execute(ctx.db)
        const found = rows[0]
        if (found?.code_taken) refuse<UnitRefusal>({ code: 'code-taken', unitCode: input.code })
        if (input.parentId !== null && found?.parent === null) refuse<UnitRefusal>({ code: 'unit-closed', on: dateOf(ctx.now) })
        const isAgency = AGENCY_KINDS.includes(input.kind)
        const { submissionKey: _, ...given } = input
        const event: UnitFounded = {
          type: 'unit.founded',
          data: {
            ...given,
            level: input.kind.startsWith('commune-') ? 'commune' : (found?.level ?? 'province'),
            agencyId: isAgency ? id : (found?.agency_id ?? id),
          },
        }
        await writeUnits(ctx, [rowsOfUnit(evolveUnit(id, undefined, event))])
        if (input.kind === 'city-committee') await rememberCity(ctx, input)
        await append(ctx, 'other', id, [event], { expectedSeq: 0, ...(post && { postId: post.postId }) })
        return { unitId: id }
      }),
    ),
  )
}

/** What the frame of every page calls the city: `thành phố Huế`. One installation is one city (decision 16), so the first one stays. */
export const rememberCity = async (ctx: Ctx, committee: { readonly name: string; readonly code: string }): Promise<void> => {
  const name = committee.name.replace(/^(Ủy ban nhân dân|UBND) /, '')
  await sql`insert into platform.setting (key, value) values ('city', ${JSON.stringify({ name, code: committee.code })}::jsonb) on conflict do nothing`.execute(ctx.db)
}
