/** The beginning of a production installation: the city's committee, and the first administrator's post in it. A demo has its city from the seed. */
import type { Uuid } from '#kernel/ids.ts'
import { dateOf } from '#kernel/plain-date.ts'
import { type Result, err, ok } from '#kernel/result.ts'
import { FoundUnit, type Unit, createPost, fillPost, findUnitByCode, foundUnit, listUnits } from '#modules/organisation'
import type { Ctx } from '#platform/ctx.ts'
import { newId } from '#platform/ids.ts'

/** What the command line says of the city; nothing, where there is one already. */
export type CityGiven = { readonly city?: string; readonly 'city-code'?: string }

/** Where the administrator's post goes. */
export type Seat = { readonly kind: 'standing'; readonly unit: Unit } | { readonly kind: 'to-found'; readonly unit: FoundUnit }
export type CityRefusal =
  /** Used wrongly: something is missing or malformed. */
  | { readonly code: 'city-missing' | 'city-malformed'; readonly sentence: string }
  /** Decision 16: one installation is one city. */
  | { readonly code: 'other-city'; readonly sentence: string }

const COMMITTEE = 'Ủy ban nhân dân'
/** A city stands at the top: its code has no dot (domain.md §3.1). */
const CITY_CODE = /^[A-Z]\d{2}$/
/** Before its city is seeded a demo has no unit to hold the post: one is founded. */
const DEMO_ADMINISTRATION = 'A00'

/** Looks, and founds nothing yet: what is wrong is said before anything is written. */
export const chooseSeat = async (ctx: Ctx, given: CityGiven, demo: boolean): Promise<Result<Seat, CityRefusal>> => {
  const asked = given.city !== undefined || given['city-code'] !== undefined
  // The seed refuses a database that holds another city, and then the demo would not start any more.
  if (demo) return asked ? err({ code: 'city-malformed', sentence: "a demo's city comes with it: --city and --city-code are for MODE=production." }) : ok(await demoSeat(ctx))
  const [committee] = await listUnits(ctx, { kinds: ['city-committee'] })
  if (committee !== undefined && !asked) return ok({ kind: 'standing', unit: await officeOf(ctx, committee) })
  if (given.city === undefined || given['city-code'] === undefined) return err(missing(committee !== undefined))
  const wish = committeeOf(ctx, given.city, given['city-code'])
  if (!wish.ok || committee === undefined) return wish
  if (committee.code !== wish.value.unit.code || committee.name !== wish.value.unit.name) {
    return err({ code: 'other-city', sentence: `this installation is that of ${committee.name} (${committee.code}): leave --city and --city-code away.` })
  }
  return ok({ kind: 'standing', unit: await officeOf(ctx, committee) })
}

const missing = (standing: boolean): CityRefusal => ({
  code: 'city-missing',
  sentence: standing ? '--city and --city-code go together.' : 'there is no city yet; found it with --city "thành phố Huế" --city-code H57.',
})

const committeeOf = (ctx: Ctx, city: string, code: string): Result<Extract<Seat, { kind: 'to-found' }>, CityRefusal> => {
  const name = city.normalize('NFC').trim().replace(/^(Ủy ban nhân dân|UBND)(\s+|$)/i, '')
  const upper = code.trim().toUpperCase()
  if (!CITY_CODE.test(upper)) return err({ code: 'city-malformed', sentence: `--city-code: the code of a city or province is a letter and two digits, like H57; "${code}" is not.` })
  const unit = FoundUnit.safeParse({
    submissionKey: newId(ctx.now),
    code: upper,
    name: `${COMMITTEE} ${name}`,
    shortName: `UBND ${name}`,
    kind: 'city-committee',
    parentId: null,
    validFrom: dateOf(ctx.now),
  })
  if (name.length < 2 || !unit.success) return err({ code: 'city-malformed', sentence: '--city: the name of the city, like "thành phố Huế".' })
  return ok({ kind: 'to-found', unit: unit.data })
}

/** The committee's office where there is one, else the committee. */
const officeOf = async (ctx: Ctx, committee: Unit): Promise<Unit> => (await listUnits(ctx, { kinds: ['city-office'], parentId: committee.id }))[0] ?? committee

const demoSeat = async (ctx: Ctx): Promise<Seat> => {
  const known = await findUnitByCode(ctx, DEMO_ADMINISTRATION)
  if (known !== undefined) return { kind: 'standing', unit: known }
  const unit = { code: DEMO_ADMINISTRATION, name: 'Quản trị hệ thống', shortName: 'Quản trị', kind: 'division' as const, parentId: null, remit: null, areaCode: null }
  return { kind: 'to-found', unit: { submissionKey: newId(ctx.now), validFrom: dateOf(ctx.now), ...unit } }
}

/** Founds what is to be founded, and gives the person the post that manages everything else. @throws Error when another founded in this moment */
export const giveAdministration = async (ctx: Ctx, personId: Uuid, seat: Seat): Promise<void> => {
  const unitId = seat.kind === 'standing' ? seat.unit.id : done(await foundUnit(ctx, seat.unit)).unitId
  const from = dateOf(ctx.now)
  const { postId } = done(await createPost(ctx, { submissionKey: newId(ctx.now), unitId, role: 'administrator', title: 'Quản trị hệ thống', validFrom: from }))
  done(await fillPost(ctx, { submissionKey: newId(ctx.now), postId, personId, from, to: null }))
}

const done = <T>(result: Result<T, { readonly code: string }>): T => {
  if (!result.ok) throw new Error(result.error.code)
  return result.value
}
