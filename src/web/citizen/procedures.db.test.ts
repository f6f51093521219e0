/** The public pages of the catalogue, drawn from what the product ships. */
import { gzipSync } from 'node:zlib'
import { join } from 'node:path'
import { Hono } from 'hono'
import { beforeAll, describe, expect, it } from 'vitest'
import { importShippedProcedures, searchProcedures } from '#modules/catalogue'
import { NotFound } from '#kernel/errors.ts'
import { testDb } from '#test/db.ts'
import type { Lang } from '../http.ts'
import { procedureRoutes } from './procedures.tsx'

const { ctx } = await testDb()
beforeAll(async () => void (await importShippedProcedures(ctx(), join(import.meta.dirname, '../../../data/procedures'))))

const app = new Hono()
for (const route of procedureRoutes) {
  app.on(route.method, route.path, (c) => {
    const lang: Lang = c.req.query('lang') === 'en' ? 'en' : 'vi'
    const view = { lang, path: c.req.path, cityName: 'thành phố Huế', demo: true, signedIn: undefined, csrf: 'x', fragment: false }
    return route.handle({ c, ctx: ctx(), view, address: '127.0.0.1', publicUrl: 'http://mot-cua.test', channels: [] })
  })
}
app.onError((error, c) => c.text(error.message, error instanceof NotFound ? 404 : 500))
const page = async (path: string) => {
  const response = await app.request(path)
  return { status: response.status, text: await response.text() }
}

describe('/thu-tuc', () => {
  it('finds without accents; the first hit is the marital-status certificate', async () => {
    const { text } = await page('/thu-tuc?q=giay+doc+than')
    expect(/class="result-list".*?href="([^"]+)"/s.exec(text)?.[1]).toBe('/thu-tuc/1.004873')
  })
  it('what was typed comes back as text, never as markup', async () => {
    const { text } = await page(`/thu-tuc?q=${encodeURIComponent('"><script>alert(1)</script>')}`)
    expect(text).not.toContain('<script>alert')
  })
  it('filters that do not exist are left out, pages beyond the end are empty', async () => {
    expect((await page('/thu-tuc?cap=lang&doi-tuong=ai-do&trang=-3')).text).toContain('1.090 thủ tục')
    expect((await page('/thu-tuc?q=khai+sinh&trang=9999')).status).toBe(200)
  })
  it('speaks English by the switch', async () => expect((await page('/thu-tuc?lang=en')).text).toContain('What do you need to do?'))
})

describe('/thu-tuc/:ma', () => {
  it('a settled row shows its limit, its cut-off and why; the due date is one tap away', async () => {
    const { text } = await page('/thu-tuc/1.001193')
    expect(text).toContain('trong ngày; nhận sau 15:00 thì ngày làm việc tiếp theo')
    expect(text).toContain('/tinh-han?so=0&amp;don-vi=working-day&amp;gio-chot=15%3A00')
    expect(text).toContain('Vì sao xác định như vậy?')
  })
  it('an unsettled row says so and guesses nothing', async () => {
    const { text } = await page('/thu-tuc/1.000689')
    expect(text).toContain('chưa xác định, đang chờ cơ quan công bố làm rõ')
    expect(text).not.toContain('/tinh-han?so=3')
  })
  it('an unknown code is not found', async () => expect((await page('/thu-tuc/9.999999')).status).toBe(404))
  it('every procedure is drawn, in at most 30 KB compressed', async () => {
    const { procedures } = await searchProcedures(ctx(), { limit: 2_000 })
    const heavy: string[] = []
    for (const { code } of procedures) {
      const { status, text } = await page(`/thu-tuc/${code}`)
      const bytes = gzipSync(text, { level: 5 }).length
      if (status !== 200 || bytes > 30 * 1024) heavy.push(`${code}: ${status}, ${bytes} bytes`)
    }
    expect(procedures.length).toBe(1090)
    expect(heavy).toEqual([])
  }, 120_000)
})
