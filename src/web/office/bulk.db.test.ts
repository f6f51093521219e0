/** Many dossiers at once: whom they go to is chosen, never guessed from what a form sent. */
import { Hono } from 'hono'
import { beforeAll, describe, expect, it } from 'vitest'
import { getDossierView } from '#modules/dossier'
import { NOW, testDb } from '#test/db.ts'
import { type Ward, key, kiteProcedure, newWard, receivedDossier, sendAlong } from '#test/factories.ts'
import type { View } from '../http.ts'
import { BULK_PATH } from './queue-bulk.tsx'
import { queueRoutes } from './queue.tsx'
import { shareWorkRoutes } from './share-work.tsx'

const { ctx } = await testDb()
const view: View = { lang: 'vi', path: '/xu-ly', cityName: 'thành phố Huế', demo: false, signedIn: undefined, csrf: '', fragment: false }

let ward: Ward
beforeAll(async () => {
  await kiteProcedure(ctx())
  ward = await newWard(ctx())
})

const ask = (path: string, fields?: Record<string, string>) => {
  const app = new Hono()
  for (const route of [...queueRoutes, ...shareWorkRoutes]) app.on(route.method, route.path, async (c) => route.handle({ c, ctx: ctx({ actor: ward.leader }), view, address: '127.0.0.1', publicUrl: '', channels: [] }))
  return app.request(`http://mot-cua.test${path}`, fields === undefined ? {} : { method: 'POST', body: new URLSearchParams(fields) })
}
const waiting = async () => {
  const { id, code } = await receivedDossier(ctx(), ward)
  await sendAlong(ctx(), ward, id, ['forward-desk'])
  const { version } = await getDossierView(ctx(), id)
  return { id, tick: `${id} ${version} ${key(NOW)} ${code}` }
}
const stepOf = async (id: Awaited<ReturnType<typeof waiting>>['id']) => (await getDossierView(ctx(), id)).held?.step

describe('assigning several dossiers', () => {
  it.each(['', 'Trần Văn Gió', 'quy-tac'])('to "%s" is refused at the field, and given to nobody', async (to) => {
    const { id, tick } = await waiting()
    for (const [path, fields] of [
      [BULK_PATH, { viec: 'phan-cong', 'ho-so': tick, nguoi: to }],
      ['/xu-ly/phan-viec?nguoi=chua-ai', { 'pham-vi': 'da-chon', 'ho-so': tick, cho: to, 'loi-dan': '' }],
    ] as const) {
      const answer = await ask(path, fields)
      expect([path, answer.status, (await answer.text()).includes('Chọn người nhận.')]).toEqual([path, 422, true])
    }
    expect(await stepOf(id)).toBe('ASSIGN')
  })

  it('by the rule of the unit is asked for with its own word', async () => {
    const { id, tick } = await waiting()
    expect((await ask(BULK_PATH, { viec: 'phan-cong', 'ho-so': tick, nguoi: 'rule' })).status).toBe(200)
    expect(await stepOf(id)).toBe('HANDLE')
  })

  it('with nothing ticked says so', async () => {
    const answer = await ask(BULK_PATH, { viec: 'phan-cong', nguoi: 'rule' })
    expect([answer.status, (await answer.text()).includes('Chưa chọn hồ sơ nào.')]).toEqual([422, true])
  })

  it('leaves an address that opens the same list anew', async () => {
    const answer = await ask(`${BULK_PATH}?tab=don-vi`)
    expect([answer.status, answer.headers.get('location')]).toEqual([303, '/xu-ly?tab=don-vi'])
  })
})
