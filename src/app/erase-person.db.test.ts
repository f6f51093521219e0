/** Decision 5: a person has what is kept about them erased, by the command that operations gives; the log stays whole. */
import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import type { Uuid } from '#kernel/ids.ts'
import { createAccount, signIn } from '#modules/access'
import { storeUpload } from '#modules/documents'
import { getDossierView } from '#modules/dossier'
import { getPerson } from '#modules/organisation'
import { useFileStore } from '#platform/files/current-store.ts'
import { diskStore } from '#platform/files/disk-store.ts'
import { createPool } from '#platform/db/pool.ts'
import { verifyLog } from '#platform/log/verify.ts'
import { NOW, testDb } from '#test/db.ts'
import { type Ward, WHOLE_WAY, key, kiteProcedure, must, newCitizen, newWard, receivedDossier, sendAlong } from '#test/factories.ts'
import { erasePerson } from './erase-person.ts'
import { INTEGRITY_CHECKS } from './integrity-checks.ts'

const { ctx, owner, url } = await testDb()
const privacy = createPool(url, { role: 'privacy', max: 1 })
let ward: Ward
let folder: string
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'motcua-erase-'))
  useFileStore(diskStore(folder))
  await kiteProcedure(ctx())
  ward = await newWard(ctx())
})
afterAll(async () => {
  await privacy.end()
  await rm(folder, { recursive: true, force: true })
})

const PASSWORD = 'Diều-bay-cao-2026'
const PDF = Buffer.from('%PDF-1.7\nĐơn xin thả diều\n%%EOF\n')
async function* bytes() {
  yield PDF
}
const erase = (personId: Uuid, dryRun = false) => erasePerson(ctx(), privacy, { personId, reason: 'request-of-the-person', dryRun })

/** Every text of every table, the log's own apart, in which the words occur. */
const tablesWith = async (words: RegExp): Promise<readonly string[]> => {
  const { rows } = await owner.query<{ name: string }>(
    "select format('%I.%I', n.nspname, c.relname) as name from pg_class c join pg_namespace n on n.oid = c.relnamespace where c.relkind = 'r' and n.nspname in ('access', 'dossier', 'documents', 'organisation', 'log', 'platform', 'transparency') order by 1",
  )
  const found: string[] = []
  for (const { name } of rows) {
    const all = await owner.query<{ text: string | null }>(`select string_agg(t::text, ' ') as text from ${name} t`)
    if (words.test(all.rows[0]?.text ?? '')) found.push(name)
  }
  return found
}

describe('a person who asks to be forgotten', () => {
  it('is gone from the log and from every table: name, number, phone, username, names of files, whom the result went to; verify stays green', async () => {
    const personId = await newCitizen(ctx(), { name: 'Công Tằng Tôn Nữ Khuyên', phone: '0905444777', personalNumber: '046190987654', address: '3 Kim Long' })
    const { userId } = must(await createAccount(ctx(), { submissionKey: key(NOW), personId, username: 'khuyen.cong.tang', password: PASSWORD, mustChangePassword: false }))
    const scan = must(await storeUpload(ctx({ actor: ward.receiver }), { name: 'đơn của bà Khuyên.pdf', content: bytes(), announced: PDF.length })).id
    const { id } = await receivedDossier(ctx(), ward, { applicantId: personId, otherUploadIds: [scan], remark: 'Gọi bà Khuyên trước' })
    await sendAlong(ctx(), ward, id, WHOLE_WAY)
    const words = /Khuyên|Khuyen|khuyen|0905444777|046190987654|Kim Long|Nguyễn Đăng Diều/
    expect(await tablesWith(words)).toEqual(expect.arrayContaining(['access."user"', 'documents.file_2026', 'dossier.dossier_2026', 'log.private_dossier_2026', 'log.private_other', 'organisation.person']))

    const counted = must(await erase(personId, true))
    expect(counted).toMatchObject({ dossiers: 1, accounts: 1 })
    expect(must(await erase(personId))).toEqual(counted)
    expect(await tablesWith(/Khuyên|Khuyen|khuyen|0905444777|046190987654|Kim Long/)).toEqual([])
    expect(await getPerson(ctx(), personId)).toMatchObject({ name: 'đã xóa', personalNumber: null })
    expect(await getDossierView(ctx(), id)).toMatchObject({ status: 'returned', applicant: { name: 'đã xóa' }, attachments: [{ name: 'đã xóa' }], results: [{ number: '12/GP-UBND', title: 'đã xóa' }] })
    expect(await signIn(ctx(), { username: 'khuyen.cong.tang', password: PASSWORD, address: '10.0.0.9', agent: '' })).toMatchObject({ ok: false })
    expect((await owner.query('select username from access.user where id = $1', [userId])).rows).toEqual([{ username: `da-xoa-${userId}` }])
    expect(await verifyLog(ctx().db, { integrityChecks: INTEGRITY_CHECKS })).toMatchObject({ ok: true, firstBad: null })
    // Given again after a kill, it finds nothing left.
    expect(must(await erase(personId)).values).toBe(0)
  })

  it('is told that dossiers are still open, and nothing is touched', async () => {
    const personId = await newCitizen(ctx(), { name: 'Trần Thị Còn Hồ Sơ' })
    await receivedDossier(ctx(), ward, { applicantId: personId })
    expect(await erase(personId)).toEqual({ ok: false, error: { code: 'dossiers-open', count: 1 } })
    expect((await getPerson(ctx(), personId)).name).toBe('Trần Thị Còn Hồ Sơ')
  })

  it('who holds a post is refused: the name stands under what was signed', async () => {
    expect(await erase(ward.signer.personId)).toMatchObject({ ok: false, error: { code: 'holds-post' } })
  })

  it('of a dossier that was only brought for somebody else, loses the own part', async () => {
    const [applicantId, submitterId] = [await newCitizen(ctx(), { name: 'Lê Thị Đứng Tên' }), await newCitizen(ctx(), { name: 'Lê Văn Nộp Thay' })]
    const { id } = await receivedDossier(ctx(), ward, { applicantId, submitter: { personId: submitterId, relation: 'Con trai' } })
    await sendAlong(ctx(), ward, id, WHOLE_WAY)
    must(await erase(submitterId))
    expect(await getDossierView(ctx(), id)).toMatchObject({ applicant: { name: 'Lê Thị Đứng Tên' }, submitter: { name: 'đã xóa' } })
  })
})
