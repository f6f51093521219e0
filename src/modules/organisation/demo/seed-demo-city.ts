import { Forbidden } from '#kernel/errors.ts'
import { type Result, err, ok } from '#kernel/result.ts'
import { hashPassword, seedAccounts } from '#modules/access'
import type { Ctx } from '#platform/ctx.ts'
import { inTx, sql } from '#platform/db/db.ts'
import { newId } from '#platform/ids.ts'
import { type NewEvent, type StreamEvents, appendMany } from '#platform/log/append.ts'
import type { Uuid } from '#kernel/ids.ts'
import { rememberCity } from '../found-unit.ts'
import { writePeople, writePosts, writeUnits } from '../organisation-store.ts'
import { type PersonEvent, evolvePerson, personEventData, rowOfPerson } from '../person-state.ts'
import { type PostEvent, evolvePost, rowsOfPost } from '../post-state.ts'
import { type UnitFounded, evolveUnit, rowsOfUnit } from '../unit-state.ts'
import { demoCity } from './city-data.ts'
import { DEMO_PASSWORD } from './demo-sign-ins.ts'
import { type CityPlan, planCity } from './plan-city.ts'

export type CitySeeded = { readonly seeded: boolean; readonly units: number; readonly posts: number; readonly people: number; readonly accounts: number }
export type SeedRefusal = { readonly code: 'not-in-production' } | { readonly code: 'other-city'; readonly name: string }

/**
 * COMMAND. The demo city Huế in one transaction (about 2 s): nothing when it is there already, refused in production (decision 22).
 * @throws Forbidden for everybody but the system
 */
export const seedDemoCity = async (ctx: Ctx, progress: (line: string) => void = () => undefined): Promise<Result<CitySeeded, SeedRefusal>> => {
  if (ctx.actor.kind !== 'system') throw new Forbidden('system')
  if ((await installationMode(ctx)) === 'production') return err({ code: 'not-in-production' })
  const city = demoCity()
  const standing = await sql<{ code: string; name: string }>`select code, name from organisation.unit where kind = 'city-committee' and valid_to is null limit 1`.execute(ctx.db)
  const root = standing.rows[0]
  if (root !== undefined) {
    return root.code === city.city.code ? ok({ seeded: false, units: 0, posts: 0, people: 0, accounts: 0 }) : err({ code: 'other-city', name: root.name })
  }
  progress('Seeding the demo city Huế…')
  const plan = planCity(city, () => newId(ctx.now))
  const hash = await hashPassword(DEMO_PASSWORD)
  await inTx(ctx, async (ctx) => {
    await writePlan(ctx, plan)
    await seedAccounts(ctx, plan.accounts, hash)
    await rememberCity(ctx, city.city)
  })
  return ok({ seeded: true, units: plan.units.length, posts: plan.posts.length, people: plan.people.length, accounts: plan.accounts.length })
}

const installationMode = async (ctx: Ctx): Promise<string | undefined> =>
  (await sql<{ value: string }>`select value from platform.setting where key = 'mode'`.execute(ctx.db)).rows[0]?.value

const stream = (id: Uuid, events: readonly NewEvent[]): StreamEvents => ({ kind: 'other', stream: id, events })

const writePlan = async (ctx: Ctx, plan: CityPlan): Promise<void> => {
  const units = plan.units.map(({ id, data }) => ({ id, event: { type: 'unit.founded', data } satisfies UnitFounded }))
  await writeUnits(ctx, units.map(({ id, event }) => rowsOfUnit(evolveUnit(id, undefined, event))))
  await appendMany(ctx, units.map(({ id, event }) => stream(id, [event])), { fresh: true })

  const people = plan.people.map(({ id, details }) => ({ id, event: { type: 'person.registered', data: { kind: 'individual', ...details } } satisfies PersonEvent }))
  await writePeople(ctx, people.map(({ id, event }) => rowOfPerson(evolvePerson(id, undefined, event))))
  await appendMany(ctx, people.map(({ id, event }) => stream(id, [{ type: event.type, data: personEventData(event) }])), { fresh: true })

  const posts = plan.posts.map(({ id, unitId, role, title, holderId }) => {
    const events: readonly PostEvent[] = [
      { type: 'post.created', data: { unitId, role, title, validFrom: plan.validFrom } },
      { type: 'post.taken', data: { personId: holderId, from: plan.validFrom, to: null } },
    ]
    return { id, events }
  })
  const folded = posts.flatMap(({ id, events: [created, taken] }) =>
    created === undefined || taken === undefined ? [] : [rowsOfPost(evolvePost(id, evolvePost(id, undefined, created), taken))],
  )
  await writePosts(ctx, folded)
  await appendMany(ctx, posts.map(({ id, events }) => stream(id, events)), { fresh: true })
}
