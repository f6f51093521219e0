/** Decision 21: uploads become a dossier's files in its own transaction; who may read the dossier may read them. */
import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, expect, it } from 'vitest'
import { Forbidden, Stale } from '#kernel/errors.ts'
import type { Uuid } from '#kernel/ids.ts'
import { dateOf } from '#kernel/plain-date.ts'
import { openFile, storeUpload } from '#modules/documents'
import { fileIntegrity, getDossierView, getReceipt, issueResult, mayReadDossier, receiveDossier } from '#modules/dossier'
import type { Actor } from '#platform/ctx.ts'
import { useFileStore } from '#platform/files/current-store.ts'
import { diskStore } from '#platform/files/disk-store.ts'
import { flushAccess } from '#platform/log/access.ts'
import { verifyLog } from '#platform/log/verify.ts'
import { NOW, testDb } from '#test/db.ts'
import { type Ward, key, kiteProcedure, kiteReception, must, newCitizen, newOfficer, newWard, receivedDossier, sendAlong } from '#test/factories.ts'

const { ctx, owner } = await testDb()
let ward: Ward
let folder: string
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'motcua-files-'))
  useFileStore(diskStore(folder))
  await kiteProcedure(ctx())
  ward = await newWard(ctx())
})
afterAll(() => rm(folder, { recursive: true, force: true }))

const PDF = Buffer.from('%PDF-1.7\nĐơn xin thả diều\n%%EOF\n')
async function* bytes(content: Uint8Array) {
  yield content
}
const upload = async (actor: Actor, name: string, content: Uint8Array = PDF) => must(await storeUpload(ctx({ actor }), { name, content: bytes(content), announced: content.length })).id

it('the same scan sent twice for one paper is one file of the dossier; for two papers it is a file of each', async () => {
  const [one, again, other] = [await upload(ward.receiver, 'don.pdf'), await upload(ward.receiver, 'don (1).pdf'), await upload(ward.receiver, 'don.pdf')]
  const { id } = await receivedDossier(ctx(), ward, { components: [{ n: 1, originals: 0, copies: 0, uploadIds: [one, again] }], otherUploadIds: [other] })
  expect((await getDossierView(ctx({ actor: ward.receiver }), id)).attachments.map((file) => [file.fileId, file.component])).toEqual([[one, 1], [other, null]])
})

it('scans of papers and the signed result belong to the dossier; their names stay out of the log', async () => {
  const [scan, other] = [await upload(ward.receiver, 'don-cua-ba-khuyen.pdf'), await upload(ward.receiver, 'ban-ve-dieu.pdf')]
  const { id } = await receivedDossier(ctx(), ward, { components: [{ n: 1, originals: 0, copies: 0, uploadIds: [scan] }], otherUploadIds: [other] })
  const view = await getDossierView(ctx({ actor: ward.receiver }), id)
  expect(view.attachments).toMatchObject([
    { n: 1, component: 1, fileId: scan, name: 'don-cua-ba-khuyen.pdf', size: PDF.length },
    { n: 2, component: null, fileId: other },
  ])
  expect((await getReceipt(ctx({ actor: ward.receiver }), id)).papers).toEqual([{ name: 'Đơn đề nghị thả diều', kind: 'electronic', quantity: 1 }])

  await sendAlong(ctx(), ward, id, ['forward-desk', 'assign', 'forward', 'forward-review', 'approve'])
  const on = { submissionKey: key(NOW), dossierId: id, version: (await getDossierView(ctx(), id)).version }
  const uploadId = await upload(ward.clerk, 'giay-phep.pdf')
  const issue = { ...on, kind: 'granted' as const, title: 'Giấy phép thả diều', number: '12/GP-UBND', issuedOn: dateOf(NOW), uploadId }
  const issued = await issueResult(ctx({ actor: ward.clerk }), issue)
  expect(issued).toMatchObject({ ok: true, value: { status: 'finished', step: 'RETURN' } })
  // A second click finds the file claimed, and gets the first answer all the same.
  expect(await issueResult(ctx({ actor: ward.clerk }), issue)).toEqual(issued)
  expect((await getDossierView(ctx(), id)).results[0]?.file).toMatchObject({ fileId: uploadId, name: 'giay-phep.pdf' })

  const { rows } = await owner.query("select string_agg(data::text, '') as all from log.event where kind = 'dossier'")
  expect(rows[0].all).not.toMatch(/khuyen|giay-phep|ban-ve/)
  const opened = await openFile(ctx({ actor: ward.caseOfficer }), { owner: id, id: scan }, mayReadDossier)
  let read = ''
  for await (const piece of opened.content) read += piece.toString()
  expect(read).toBe(PDF.toString())
  // The control office reads the papers of the whole city, and each reading is written down.
  const control = await newOfficer(ctx(), ward.agency, 'control-officer')
  await openFile(ctx({ actor: control }), { owner: id, id: scan }, mayReadDossier)
  await getReceipt(ctx({ actor: control }), id)
  await flushAccess(ctx().db)
  const looked = await owner.query('select subject, unit_id from log.access where person_id = $1', [control.personId])
  expect(looked.rows).toEqual([1, 2].map(() => ({ subject: `dossier:${id}`, unit_id: ward.agency.id })))
  const neighbour = await newWard(ctx())
  await expect(openFile(ctx({ actor: neighbour.receiver }), { owner: id, id: scan }, mayReadDossier)).rejects.toThrow(Forbidden)
})

it('a row that was made to lead to other bytes, or taken away, is found by verify: the event vouches for the digest', async () => {
  const [scan, result] = [await upload(ward.receiver, 'don.pdf'), await upload(ward.clerk, 'ket-qua.pdf')]
  const { id } = await receivedDossier(ctx(), ward, { otherUploadIds: [scan] })
  await sendAlong(ctx(), ward, id, ['forward-desk', 'assign', 'forward', 'forward-review', 'approve'])
  const on = { submissionKey: key(NOW), dossierId: id, version: (await getDossierView(ctx(), id)).version }
  must(await issueResult(ctx({ actor: ward.clerk }), { ...on, kind: 'granted', title: 'Giấy phép thả diều', number: '13/GP-UBND', issuedOn: dateOf(NOW), uploadId: result }))
  const verify = () => verifyLog(ctx().db, { integrityChecks: [fileIntegrity] })
  expect(await verify()).toMatchObject({ ok: true, firstBad: null })
  await owner.query("update documents.file set digest = decode(repeat('ab', 32), 'hex') where id = $1", [result])
  expect((await verify()).firstBad).toMatchObject({ what: 'file-damaged', stream: id, detail: expect.stringContaining(result) })
  await owner.query('delete from documents.file where owner = $1', [id])
  expect((await verify()).faults.map((f) => [f.what, f.seq])).toEqual([['file-missing', 1], ['file-missing', 8]])
})

it('decision 17: a form whose answer was lost, sent again with its files uploaded anew, gets the first answer; other bytes are another form', async () => {
  const scanned = async (name: string, content: Uint8Array = PDF) => upload(ward.receiver, name, content)
  const [scan, drawing] = [await scanned('don.pdf'), await scanned('ban-ve.pdf')]
  const form = kiteReception(ctx(), ward, { applicantId: await newCitizen(ctx()), components: [{ n: 1, originals: 0, copies: 0, uploadIds: [scan] }], otherUploadIds: [drawing] })
  const receive = (paper: Uuid, other: Uuid) =>
    receiveDossier(ctx({ actor: ward.receiver }), { ...form, components: [{ ...form.components[0]!, uploadIds: [paper] }], otherUploadIds: [other] })
  const first = await receive(scan, drawing)
  // Without script everything comes anew; with it, what was kept is named again, though the first try has claimed it.
  expect(await receive(await scanned('don.pdf'), await scanned('ban-ve.pdf'))).toEqual(first)
  expect(await receive(scan, await scanned('ban-ve.pdf'))).toEqual(first)
  await expect(receive(scan, await scanned('ban-ve.pdf', Buffer.from('%PDF-1.7\nBản vẽ khác\n%%EOF\n')))).rejects.toThrow(Stale)
  const { rows } = await owner.query('select id from dossier.dossier where applicant_id = $1', [form.applicantId])
  expect(rows).toEqual([{ id: must(first).id }])
  expect((await getDossierView(ctx(), must(first).id)).attachments.map((file) => file.fileId)).toEqual([scan, drawing])

  const { id } = must(first)
  await sendAlong(ctx(), ward, id, ['forward-desk', 'assign', 'forward', 'forward-review', 'approve'])
  const on = { submissionKey: key(NOW), dossierId: id, version: (await getDossierView(ctx(), id)).version }
  const issue = async () =>
    issueResult(ctx({ actor: ward.clerk }), { ...on, kind: 'granted', title: 'Giấy phép thả diều', number: '14/GP-UBND', issuedOn: dateOf(NOW), uploadId: await upload(ward.clerk, 'giay-phep.pdf') })
  const issued = await issue()
  expect(issued).toMatchObject({ ok: true, value: { status: 'finished' } })
  expect(await issue()).toEqual(issued)
})
