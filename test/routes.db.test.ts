/** Decision 32: every route of the program, walked by who may not go there. The city is the demo city, the sign-ins are real. */
import { randomBytes } from 'node:crypto'
import { beforeAll, describe, expect, it } from 'vitest'
import type { Uuid } from '#kernel/ids.ts'
import { DELEGABLE, PERMISSIONS, type Permission, type Role, SESSION_COOKIE, findSession, roleCarries, signIn } from '#modules/access'
import { addDays, dateOf, instant } from '#kernel/plain-date.ts'
import { sql } from '#platform/db/db.ts'
import { DEMO_PASSWORD, giveDelegation, listDemoSignIns, revokeDelegation, seedDemoCity } from '#modules/organisation'
import { SILENT } from '#platform/telemetry/log.ts'
import { newId } from '#platform/ids.ts'
import type { Route } from '#web/http.ts'
import { routes } from '#web/routes.ts'
import { createHttpApp } from '../src/app/http-app.tsx'
import { NOW, testDb } from './db.ts'

const { ctx } = await testDb()

/** What the program wrote when it refused: the permission that was missing. */
const refused: string[] = []
const app = createHttpApp({
  db: ctx().db,
  secret: randomBytes(32),
  demo: true,
  trustProxy: true,
  publicUrl: undefined,
  cityName: () => 'thành phố Huế',
  routes,
  dev: false,
  log: { ...SILENT, info: (message, fields) => (message === 'forbidden' ? refused.push(fields?.permission ?? '') : undefined) },
  isUp: () => true,
})

/** A new address for each request: the limits per address are tested elsewhere. */
let address = 0
const ask = (route: Route, cookie?: string): Promise<Response> => {
  address += 1
  const path = route.path.replace(/:\w+(\{[^}]*\})?/g, newId(NOW))
  const body = route.method === 'GET' ? undefined : 'x=1'
  return Promise.resolve(
    app.request(path, {
      method: route.method,
      ...(body === undefined ? {} : { body }),
      headers: {
        host: 'localhost',
        'x-forwarded-for': `10.${(address >> 16) & 255}.${(address >> 8) & 255}.${address & 255}`,
        ...(body === undefined ? {} : { 'content-type': 'application/x-www-form-urlencoded', 'content-length': String(body.length) }),
        ...(cookie === undefined ? {} : { cookie: `${SESSION_COOKIE}=${cookie}` }),
      },
    }),
  )
}

/** The application lives by the clock of this machine, so the sessions must too. */
const stranger = () => ctx({ actor: { kind: 'anonymous' }, now: instant(Date.now()) })

type Holder = { readonly username: string; readonly cookie: string; readonly roles: ReadonlySet<string> }
const holders: Holder[] = []

beforeAll(async () => {
  const seeded = await seedDemoCity(ctx())
  expect(seeded.ok).toBe(true)
  for (const { username } of listDemoSignIns()) {
    const signedIn = await signIn(stranger(), { username, password: DEMO_PASSWORD, address: `192.0.2.${holders.length}` })
    if (!signedIn.ok) throw new Error(`${username}: ${signedIn.error.code}`)
    const { cookie } = signedIn.value
    const session = await findSession(stranger(), cookie)
    holders.push({ username, cookie, roles: new Set((session?.posts ?? []).map((p) => p.role)) })
  }
}, 120_000)

const name = (route: Route) => `${route.method} ${route.path}`
const closed = routes.filter((route) => route.access !== 'public' && route.devOnly !== true)
const lacks = (holder: Holder, permission: Permission) => !(PERMISSIONS[permission] as readonly Role[]).some((role) => holder.roles.has(role))

describe('every route that is not public', () => {
  it.each(closed.map((route) => [name(route), route] as const))('%s sends who is not signed in to the sign-in page', async (_, route) => {
    const answer = await ask(route)
    expect(answer.status).toBe(303)
    expect(answer.headers.get('location')).toMatch(/^\/dang-nhap(\?tiep=|$)/)
  })

  it.each(closed.filter((route) => route.access !== 'signed-in').map((route) => [name(route), route] as const))('%s is refused to everybody whose post does not carry it', async (_, route) => {
    const permission = route.access as Permission
    const without = holders.filter((holder) => lacks(holder, permission))
    expect(without.map((h) => h.username)).toContain('congdan')
    for (const holder of without) {
      refused.length = 0
      const answer = await ask(route, holder.cookie)
      expect(answer.status, `${name(route)} as ${holder.username}`).toBe(403)
      expect(refused, `${name(route)} as ${holder.username}`).toEqual([permission])
    }
  })

  it('every permission that a route asks for is held by somebody in the demo city', () => {
    const asked = new Set(closed.flatMap((r) => (r.access === 'signed-in' ? [] : [r.access])))
    expect([...asked].filter((permission) => permission !== 'public' && holders.every((h) => lacks(h, permission as Permission)))).toEqual([])
  })
})

describe('every public page', () => {
  it.each(routes.filter((r) => r.access === 'public' && r.method === 'GET' && r.devOnly !== true).map((route) => [name(route), route] as const))('%s answers a stranger without breaking', async (_, route) => {
    const answer = await ask(route)
    expect([200, 303, 304, 404]).toContain(answer.status)
    expect(answer.headers.get('content-security-policy')).toContain("default-src 'none'")
  })
})

describe('every action', () => {
  it.each(routes.filter((r) => r.method !== 'GET' && r.devOnly !== true).map((route) => [name(route), route] as const))('%s is refused without the token of its form', async (_, route) => {
    const fitting = holders.find((h) => route.access === 'public' || route.access === 'signed-in' || !lacks(h, route.access))
    const answer = await ask(route, fitting?.cookie)
    expect(answer.status).toBe(403)
  })
})

describe('a menu', () => {
  const menuOf = async (path: string, cookie: string): Promise<readonly string[]> => {
    const page = await (await app.request(path, { headers: { host: 'localhost', 'x-forwarded-for': '10.200.0.1', cookie: `${SESSION_COOKIE}=${cookie}` } })).text()
    return [...page.matchAll(/<nav[^>]*>(.*?)<\/nav>/gs)].flatMap(([, nav]) => [...(nav ?? '').matchAll(/href="(\/[^"?#]*)"/g)].map((m) => m[1]!))
  }
  const open = (path: string, cookie: string) => app.request(path, { headers: { host: 'localhost', 'x-forwarded-for': '10.200.0.2', cookie: `${SESSION_COOKIE}=${cookie}` } })

  it('shows nobody what answers 403: nor whoever has powers of another’s post for some procedures only', async () => {
    const home = holders.find((h) => h.roles.has('home-affairs'))!
    const { personId } = (await findSession(stranger(), home.cookie))!
    const today = dateOf(instant(Date.now()))
    for (const role of ['desk-officer', 'unit-leader', 'signer', 'clerk', 'chair', 'case-officer'] as const) {
      const { rows } = await sql<{ id: Uuid }>`select post_id as id from organisation.pub_held_post where role = ${role} order by post_id limit 1`.execute(ctx().db)
      const powers = DELEGABLE.filter((power) => roleCarries(role, power))
      const given = await giveDelegation(ctx({ now: instant(Date.now()) }), { submissionKey: newId(NOW), fromPostId: rows[0]!.id, toPostId: null, toPersonId: personId, documentNumber: '1/UQ', documentOn: today, from: today, lastDay: addDays(today, 1), powers, procedures: ['1.004873'] })
      if (!given.ok) throw new Error(given.error.code)
      const shown = new Set<string>()
      for (const path of ['/', '/xu-ly', '/mot-cua']) for (const href of await menuOf(path, home.cookie)) shown.add(href)
      expect(shown.has('/xu-ly') || shown.has('/mot-cua'), role).toBe(true)
      for (const href of shown) expect((await open(href, home.cookie)).status, `${href} by ${role}`).not.toBe(403)
      await revokeDelegation(ctx({ now: instant(Date.now()) }), { submissionKey: newId(NOW), delegationId: given.value.delegationId })
    }
    for (const holder of holders) for (const href of new Set((await Promise.all(['/', '/xu-ly', '/mot-cua', '/quan-tri'].map((path) => menuOf(path, holder.cookie)))).flat())) expect((await open(href, holder.cookie)).status, `${href} as ${holder.username}`).not.toBe(403)
  })
})
