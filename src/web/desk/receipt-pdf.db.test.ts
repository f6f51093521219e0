import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { Readable } from 'node:stream'
import { Hono } from 'hono'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { Forbidden, NotFound } from '#kernel/errors.ts'
import { formatDate, instant } from '#kernel/plain-date.ts'
import { storeUpload } from '#modules/documents'
import { type ReceivedDossier, getReceipt } from '#modules/dossier'
import type { Actor } from '#platform/ctx.ts'
import { useFileStore } from '#platform/files/current-store.ts'
import { diskStore } from '#platform/files/disk-store.ts'
import { closePdf } from '#platform/pdf/render-pdf.ts'
import { NOW, testDb } from '#test/db.ts'
import { type Ward, kiteProcedure, must, newCitizen, newWard, receivedDossier } from '#test/factories.ts'
import { flat, missingGlyphs, pdfCodes, pdfText, withPdfTools } from '#test/pdf.ts'
import type { View } from '../http.ts'
import { receiptPdfRoutes } from './receipt-pdf.tsx'

const db = await testDb()
const folder = await mkdtemp(join(tmpdir(), 'motcua-receipt-'))
useFileStore(diskStore(folder))
afterAll(async () => {
  await closePdf()
  await rm(folder, { recursive: true, force: true })
})

const view: View = { lang: 'vi', path: '/', cityName: 'thành phố Huế', demo: false, signedIn: undefined, csrf: '', fragment: false }
/** 403 and 404 as `app/` maps them. */
const askAs = (actor: Actor) => {
  const app = new Hono()
  for (const route of receiptPdfRoutes) app.on(route.method, route.path, async (c) => route.handle({ c, ctx: db.ctx({ actor }), view, address: '127.0.0.1', publicUrl: 'http://mot-cua.test', channels: [] }))
  app.onError((error, c) => c.text(error.message, error instanceof Forbidden ? 403 : error instanceof NotFound ? 404 : 500))
  return (path: string) => app.request(`http://mot-cua.test${path}`)
}

const SCAN = Buffer.from('%PDF-1.7\nĐơn đề nghị thả diều\n%%EOF\n')
let ward: Ward
let other: Ward
let received: ReceivedDossier
let uploadId: string
beforeAll(async () => {
  await kiteProcedure(db.ctx())
  ward = await newWard(db.ctx(), 'H57.12', 'phường Thuận Hóa')
  other = await newWard(db.ctx(), 'H57.13', 'phường Phú Xuân')
  const upload = must(await storeUpload(db.ctx({ actor: ward.receiver }), { name: 'Đơn của bà Khuyên.pdf', content: Readable.from([SCAN]), announced: SCAN.length }))
  uploadId = upload.id
  const applicantId = await newCitizen(db.ctx(), { name: 'Đặng Thị Dũng Khuyên', phone: '0905123456', address: '5 Nguyễn Huệ, Thừa Thiên Huế cũ' })
  received = await receivedDossier(db.ctx(), ward, { applicantId, components: [{ n: 1, originals: 1, copies: 0, uploadIds: [upload.id] }] })
})

describe('the receipt of a dossier received at the counter', () => {
  it('prints what the dossier says: code, names, due date, secret once', () =>
    withPdfTools(async () => {
      const answer = await askAs(ward.receiver)(`/mot-cua/ho-so/${received.id}/giay-tiep-nhan.pdf`)
      expect(answer.status, answer.status === 200 ? '' : await answer.text()).toBe(200)
      expect(answer.headers.get('content-type')).toBe('application/pdf')
      const pdf = Buffer.from(await answer.arrayBuffer())
      const receipt = await getReceipt(db.ctx({ actor: ward.receiver }), received.id)
      const shown = flat(await pdfText(pdf, { page: 2 }))
      for (const words of [received.code, 'Đặng Thị Dũng Khuyên', '5 Nguyễn Huệ, Thừa Thiên Huế cũ', 'Cấp giấy phép thả diều', 'Đơn đề nghị thả diều', receipt.lookUpSecret, receipt.receivedBy, '17 giờ 30 phút, ngày 26 tháng 11 năm 2026', formatDate('2026-11-24' as Parameters<typeof formatDate>[0])]) {
        expect(shown).toContain(words)
      }
      expect(await pdfCodes(pdf, 2)).toEqual([
        { kind: 'CODE-128', text: received.code },
        { kind: 'QR-Code', text: `http://mot-cua.test/tra-cuu?ma=${received.code}` },
      ])
      expect(missingGlyphs(pdf)).toBe(0)
    }))

  it('printed twice it is the same paper', async () => {
    const ask = askAs(ward.receiver)
    const print = async () => Buffer.from(await (await ask(`/mot-cua/ho-so/${received.id}/giay-tiep-nhan.pdf`)).arrayBuffer())
    const first = await print()
    expect(first.subarray(0, 5).toString()).toBe('%PDF-')
    expect((await print()).equals(first)).toBe(true)
  })

  it('is not shown to another ward, nor for a dossier that does not exist', async () => {
    expect((await askAs(other.receiver)(`/mot-cua/ho-so/${received.id}/giay-tiep-nhan.pdf`)).status).toBe(403)
    expect((await askAs({ kind: 'anonymous' })(`/mot-cua/ho-so/${received.id}/giay-tiep-nhan.pdf`)).status).toBe(403)
    expect((await askAs(ward.receiver)('/mot-cua/ho-so/019b755a-2280-7000-8000-00000000ffff/giay-tiep-nhan.pdf')).status).toBe(404)
    expect((await askAs(ward.receiver)('/mot-cua/ho-so/khong-phai-so/giay-tiep-nhan.pdf')).status).toBe(404)
  })
})

describe('a scan of a dossier', () => {
  it('is served byte for byte to who works on the dossier', async () => {
    const answer = await askAs(ward.receiver)(`/mot-cua/ho-so/${received.id}/tep/${uploadId}`)
    expect(answer.status).toBe(200)
    expect(Buffer.from(await answer.arrayBuffer()).equals(SCAN)).toBe(true)
    expect(answer.headers.get('content-disposition')).toContain('inline; filename="Don cua ba Khuyen.pdf"')
    const saved = await askAs(ward.receiver)(`/mot-cua/ho-so/${received.id}/tep/${uploadId}?tai-ve`)
    expect(saved.headers.get('content-disposition')).toMatch(/^attachment/)
  })

  it('not to another ward, and not under another dossier', async () => {
    expect((await askAs(other.receiver)(`/mot-cua/ho-so/${received.id}/tep/${uploadId}`)).status).toBe(403)
    const mine = await receivedDossier(db.ctx({ now: instant(NOW + 1000) }), other)
    expect((await askAs(other.receiver)(`/mot-cua/ho-so/${mine.id}/tep/${uploadId}`)).status).toBe(404)
  })
})
