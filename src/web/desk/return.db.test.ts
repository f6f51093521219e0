import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { Readable } from 'node:stream'
import { Hono } from 'hono'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { Forbidden, NotFound } from '#kernel/errors.ts'
import type { Uuid } from '#kernel/ids.ts'
import { dateOf } from '#kernel/plain-date.ts'
import { createAccount } from '#modules/access'
import { storeUpload } from '#modules/documents'
import { type ReceivedDossier, getDossierView, issueResult } from '#modules/dossier'
import type { Actor } from '#platform/ctx.ts'
import { useFileStore } from '#platform/files/current-store.ts'
import { diskStore } from '#platform/files/disk-store.ts'
import { NOW, SYSTEM, testDb } from '#test/db.ts'
import { type Ward, key, kiteProcedure, must, newCitizen, newWard, receivedDossier, sendAlong } from '#test/factories.ts'
import type { View } from '../http.ts'
import { returnRoutes } from './return.tsx'

const { ctx } = await testDb()
const folder = await mkdtemp(join(tmpdir(), 'motcua-return-'))
useFileStore(diskStore(folder))
afterAll(() => rm(folder, { recursive: true, force: true }))

const view: View = { lang: 'vi', path: '/mot-cua/tra-ket-qua', cityName: 'thành phố Huế', demo: false, signedIn: undefined, csrf: '', fragment: false }

let ward: Ward
let other: Ward
beforeAll(async () => {
  await kiteProcedure(ctx())
  ward = await newWard(ctx())
  other = await newWard(ctx())
})

const ask = (path: string, fields?: Record<string, string>, actor: Actor = ward.receiver) => {
  const app = new Hono()
  for (const route of returnRoutes) app.on(route.method, route.path, async (c) => route.handle({ c, ctx: ctx({ actor }), view, address: '127.0.0.1', publicUrl: 'http://mot-cua.test', channels: [] }))
  app.onError((error, c) => c.text(error.message, error instanceof Forbidden ? 403 : error instanceof NotFound ? 404 : 500))
  return app.request(`http://mot-cua.test/mot-cua/tra-ket-qua${path}`, fields === undefined ? {} : { method: 'POST', body: new URLSearchParams(fields) })
}

/** A kite permit that has come back to the desk. */
const ready = async (change: Parameters<typeof receivedDossier>[2] = {}, withFile = false): Promise<ReceivedDossier> => {
  const dossier = await receivedDossier(ctx(), ward, change)
  await sendAlong(ctx(), ward, dossier.id, ['forward-desk', 'assign', 'forward', 'forward-review', 'approve'])
  if (!withFile) {
    await sendAlong(ctx(), ward, dossier.id, ['issue'])
    return dossier
  }
  const pdf = Buffer.from('%PDF-1.7\nGiấy phép thả diều\n%%EOF\n')
  const clerk = ctx({ actor: ward.clerk })
  const upload = must(await storeUpload(clerk, { name: 'giay-phep.pdf', content: Readable.from([pdf]), announced: pdf.length }))
  const { version } = await getDossierView(ctx({ actor: SYSTEM }), dossier.id)
  must(await issueResult(clerk, { submissionKey: key(NOW), dossierId: dossier.id, version, kind: 'granted', title: 'Giấy phép thả diều', number: '13/GP-UBND', issuedOn: dateOf(NOW), uploadId: upload.id }))
  return dossier
}

const handOver = async (id: Uuid, fields: Record<string, string>, actor?: Actor) => {
  const { version } = await getDossierView(ctx({ actor: SYSTEM }), id)
  return ask(`/${id}`, { submissionKey: key(NOW), version: String(version), name: 'Nguyễn Đăng Diều', ...fields }, actor)
}
const recipientOf = async (id: Uuid) => (await getDossierView(ctx({ actor: SYSTEM }), id)).handOver?.recipient

describe('finding the result that somebody has come for', () => {
  it('what the QR code of the receipt says leads straight to the hand-over', async () => {
    const { id, code } = await ready()
    const answer = await ask('', { q: `https://motcua.hue.example/tra-cuu?ma=${code}` })
    expect([answer.status, answer.headers.get('location')]).toEqual([303, `/mot-cua/tra-ket-qua/${id}`])
  })

  it('a dossier that has no result yet is named with where it stands', async () => {
    const { code } = await receivedDossier(ctx(), ward)
    const page = await (await ask('', { q: code })).text()
    expect([page.includes(code), page.includes('chưa có kết quả ở quầy'), page.includes('Được tiếp nhận')]).toEqual([true, true, true])
  })
})

describe('evidence of the hand-over (domain.md §2.2)', () => {
  it('somebody else needs the authorisation that was looked at; nothing typed is lost', async () => {
    const { id } = await ready()
    const refused = await handOver(id, { kind: 'authorised', idNumber: '046190000777', signature: 'Đã ký sổ', authorisation: '' })
    const page = await refused.text()
    expect([refused.status, page.includes('Ghi giấy ủy quyền đã xem'), page.includes('value="046190000777"')]).toEqual([422, true, true])
    expect((await handOver(id, { kind: 'authorised', idNumber: '046190000777', signature: 'Đã ký sổ', authorisation: 'số 12 ngày 20/11/2026' })).status).toBe(303)
    expect(await recipientOf(id)).toEqual({ kind: 'authorised', name: 'Nguyễn Đăng Diều', idNumber: '046190000777', signature: 'Đã ký sổ; ủy quyền: số 12 ngày 20/11/2026' })
  })

  it('by post it is the number of the mail item, no identity paper', async () => {
    const { id } = await ready({ delivery: 'postal', deliveryAddress: '5 Nguyễn Huệ' })
    expect((await handOver(id, { kind: 'postal', tracking: '' })).status).toBe(422)
    expect((await handOver(id, { kind: 'postal', tracking: 'EA123456789VN', idNumber: 'còn lại từ trước' })).status).toBe(303)
    expect(await recipientOf(id)).toEqual({ kind: 'postal', name: 'Nguyễn Đăng Diều', idNumber: null, signature: 'Bưu gửi số EA123456789VN' })
  })

  it('on line only a result that is a file, to somebody who has an account', async () => {
    const applicantId = await newCitizen(ctx())
    const onPaper = await ready({ applicantId, delivery: 'online' })
    const refusedFile = await handOver(onPaper.id, { kind: 'electronic' })
    expect([refusedFile.status, (await refusedFile.text()).includes('chưa có tài khoản')]).toEqual([409, true])
    must(await createAccount(ctx({ actor: SYSTEM }), { submissionKey: key(NOW), personId: applicantId, username: 'dang.dieu.tra', password: 'Mua-mua-Hue-2026', mustChangePassword: false }))
    const noFile = await handOver(onPaper.id, { kind: 'electronic' })
    expect([noFile.status, (await noFile.text()).includes('không có bản điện tử')]).toEqual([409, true])
    const asFile = await ready({ applicantId, delivery: 'online' }, true)
    expect((await handOver(asFile.id, { kind: 'electronic' })).status).toBe(303)
    expect(await recipientOf(asFile.id)).toEqual({ kind: 'electronic', name: 'Nguyễn Đăng Diều', idNumber: null, signature: 'Bản điện tử vào tài khoản' })
  })

  it('an officer of another desk sees nothing of it and hands over nothing', async () => {
    const { id } = await ready()
    expect((await ask(`/${id}`, undefined, other.receiver)).status).toBe(403)
    expect((await handOver(id, { kind: 'self', idNumber: '1', signature: 's' }, other.receiver)).status).toBe(403)
    expect((await (await ask('', undefined, other.receiver)).text()).includes(id)).toBe(false)
  })
})
