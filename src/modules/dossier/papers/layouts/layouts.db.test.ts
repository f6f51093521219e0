import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { instant, plainDate } from '#kernel/plain-date.ts'
import { sql } from '#platform/db/db.ts'
import { readStream } from '#platform/log/read-stream.ts'
import { closePdf } from '#platform/pdf/render-pdf.ts'
import { NOW, testDb } from '#test/db.ts'
import { type Ward, key, kiteProcedure, newWard, receivedDossier } from '#test/factories.ts'
import { flat, pdfText, withPdfTools } from '#test/pdf.ts'
import { getReceipt } from '../../receipt.ts'
import { renderReceipt } from '../render-papers.ts'
import { getLayoutHistory, listLayouts } from './find-layouts.ts'
import { LAYOUT_STREAM, type LayoutPublished, layoutRow } from './layout-state.ts'
import { publishLayout } from './publish-layout.ts'
import { shippedLayout } from './shipped-layouts.ts'

const db = await testDb()
const system = () => db.ctx()
afterAll(closePdf)

let ward: Ward
beforeAll(async () => {
  await kiteProcedure(system())
  ward = await newWard(system(), 'H57.12', 'phường Thuận Hóa')
})

const DAY = 86_400_000
const changed = (footer: string) => JSON.stringify({ ...shippedLayout('receipt', '2025'), footer }, null, 1)
const publish = (footer: string, validFrom: string, now = NOW) =>
  publishLayout(db.ctx({ now }), { submissionKey: key(now), slug: 'receipt', layout: '2025', content: changed(footer), validFrom: plainDate(validFrom), note: 'Đổi chân trang' })
const printed = async (dossierId: Awaited<ReturnType<typeof receivedDossier>>['id'], now = NOW) =>
  flat(await pdfText(await renderReceipt(await getReceipt(db.ctx({ actor: ward.receiver, now }), dossierId), 'http://mot-cua.test')))

describe('a layout published as a new version', () => {
  it('prints what is received from then on; a reprint of what was received before stays as it was', () =>
    withPdfTools(async () => {
      const before = (await receivedDossier(system(), ward)).id
      const later = instant(NOW + 60_000)
      expect(await publish('Chân trang mới {code}', '2026-11-20', later)).toEqual({ ok: true, value: { version: 1 } })
      const after = (await receivedDossier(db.ctx({ now: instant(later + 60_000) }), ward)).id
      expect(await printed(after, instant(later + DAY))).toContain('Chân trang mới H57.12')
      expect(await printed(before, instant(later + DAY))).not.toContain('Chân trang mới')
    }))

  it('waits for its day', () =>
    withPdfTools(async () => {
      await publish('Từ năm sau {code}', '2027-01-01', instant(NOW + 120_000))
      const [entry] = (await listLayouts(db.ctx({ now: instant(NOW + 180_000) }))).filter((l) => l.slug === 'receipt' && l.layout === '2025')
      expect(entry).toMatchObject({ version: 1, versions: 2 })
      const dossier = (await receivedDossier(db.ctx({ now: instant(NOW + 180_000) }), ward)).id
      expect(await printed(dossier)).toContain('Chân trang mới')
    }))

  it('may not begin before today, nor be broken: nothing is kept of it', async () => {
    expect(await publish('{code}', '2026-11-19')).toEqual({ ok: false, error: { code: 'begins-in-past', today: '2026-11-20' } })
    const broken = await publish('{khongCo}', '2026-11-20')
    expect(broken).toMatchObject({ ok: false, error: { code: 'layout-broken', faults: [{ path: 'footer', message: '“{khongCo}” không phải giá trị của mẫu này.' }] } })
    expect(await publishLayout(system(), { submissionKey: key(NOW), slug: 'stop-notice', layout: '2018', content: '{}', validFrom: plainDate('2026-11-20'), note: 'Thêm mẫu' })).toEqual({ ok: false, error: { code: 'no-such-layout' } })
    expect((await getLayoutHistory(system(), 'receipt', '2025')).versions).toHaveLength(2)
  })

  it('the same form sent again is the same version', async () => {
    const input = { submissionKey: key(NOW), slug: 'refusal', layout: '2025', content: JSON.stringify(shippedLayout('refusal', '2025')), validFrom: plainDate('2026-11-20'), note: 'Giữ nguyên' } as const
    expect(await publishLayout(system(), input)).toEqual(await publishLayout(system(), input))
  })

  it('decision 10: its events make its rows, column by column', async () => {
    const events = await readStream(system().db, 'other', LAYOUT_STREAM)
    const rows = events.map((event) => layoutRow({ type: 'paper-layout.published', data: event.data as LayoutPublished['data'] }, event.at, { personId: null, postId: null }))
    const { rows: kept } = await sql<object>`select * from dossier.paper_layout order by published_at, slug, version`.execute(system().db)
    expect(kept.length).toBeGreaterThan(2)
    expect(rows.toSorted((a, b) => a.published_at - b.published_at || (a.slug < b.slug ? -1 : 1) || a.version - b.version).map((r) => ({ ...r }))).toEqual(kept)
  })
})
