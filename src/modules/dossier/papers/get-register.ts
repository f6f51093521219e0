import { NotFound } from '#kernel/errors.ts'
import { dateOf } from '#kernel/plain-date.ts'
import { authorise } from '#modules/access'
import { getUnit, listUnits } from '#modules/organisation'
import { formOn } from '#modules/process'
import type { Ctx } from '#platform/ctx.ts'
import { type Result, err, ok } from '#kernel/result.ts'
import type { RegisterFilter } from '../register/filter.ts'
import { registerRows } from '../register/register-rows.ts'
import { withLayout } from './layouts/find-layouts.ts'
import { placeName } from './open-for-print.ts'
import { type Register, periodText } from './register-data.ts'

/** Paper for more would fill a shelf; the spreadsheet has no end. */
const REGISTER_PRINTED = 3_000

export type RegisterTooLong = { readonly code: 'register-too-long'; readonly most: number }

/** QUERY. What the register prints for a filter, the oldest first; the reading is recorded by `registerRows`. @throws Forbidden outside what one may see */
export const getRegister = async (ctx: Ctx, filter: RegisterFilter): Promise<Result<Register, RegisterTooLong>> => {
  const rows: Register['rows'][number][] = []
  for await (const row of registerRows(ctx, filter)) {
    if (rows.length === REGISTER_PRINTED) return err({ code: 'register-too-long', most: REGISTER_PRINTED })
    rows.push(row)
  }
  return ok({ ...(await registerHead(ctx, filter)), rows })
}

/** Whose register it is: the unit asked for, else the one by which the actor reads. */
export const registerHead = async (ctx: Ctx, filter: RegisterFilter): Promise<Omit<Register, 'rows'>> => {
  const post = authorise(ctx, 'dossier.find')
  const form = formOn('REGISTER', filter.to !== undefined && filter.to < dateOf(ctx.now) ? filter.to : dateOf(ctx.now))
  if (form === undefined) throw new NotFound('register')
  const unitId = filter.unitId ?? (post?.role === 'control-officer' ? undefined : post?.unitId)
  const [city] = await listUnits(ctx, { kinds: ['city-committee'] })
  const unit = unitId === undefined ? undefined : await getUnit(ctx, unitId)
  const agency = unit === undefined ? undefined : await getUnit(ctx, unit.agencyId)
  const names = unit === undefined || agency === undefined ? { agency: '', unit: city?.name ?? '' } : { agency: agency.id === unit.id ? (city?.name ?? '') : agency.name, unit: unit.name }
  return { form: await withLayout(ctx, form, ctx.now), ...names, place: await placeName(ctx), period: periodText(filter.from, filter.to), printedAt: ctx.now }
}
