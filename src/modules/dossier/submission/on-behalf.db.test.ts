/** forms.md A5: who files for another says by what right, and with which paper; the dossier is theirs and the applicant's. */
import { beforeAll, describe, expect, it } from 'vitest'
import { NotFound } from '#kernel/errors.ts'
import type { Uuid } from '#kernel/ids.ts'
import { confirmIdentity } from '#modules/access'
import type { ProcedureRevision } from '#modules/catalogue'
import { storeUpload } from '#modules/documents'
import { RegisterCitizen, getPerson, registerCitizen, registerPerson } from '#modules/organisation'
import type { Actor } from '#platform/ctx.ts'
import { sql } from '#platform/db/db.ts'
import { NOW, testDb } from '#test/db.ts'
import { type Ward, key, kiteProcedure, must, newCitizen, newWard } from '#test/factories.ts'
import { type SubmitDossier, findInRegister, getDossierView, getMyDossier, listMyDossiers, mayReadOwnDossier, searchDossiers, submitDossier } from '../index.ts'
import { CAPACITIES, CAPACITY, decideOnBehalf } from './on-behalf.ts'

const { ctx } = await testDb()
let ward: Ward
let kite: ProcedureRevision
beforeAll(async () => {
  kite = await kiteProcedure(ctx())
  ward = await newWard(ctx())
})

const as = (actor: Actor) => ctx({ actor })
const accountOf = (personId: Uuid): Actor => ({ kind: 'person', userId: key(NOW), personId, posts: [] })
async function* once(bytes: Buffer) {
  yield bytes
}
const upload = async (actor: Actor, name: string) => must(await storeUpload(as(actor), { name, content: once(Buffer.from(`%PDF-1.7\n% ${name}\n%%EOF\n`)) })).id
const SAO = { kind: 'individual', name: 'Trần Thị Sáo', personalNumber: '046190044777', phone: '0905123456', address: null } as const
const wish = (change: Partial<SubmitDossier>): SubmitDossier => ({
  submissionKey: key(NOW), procedureCode: kite.code, revisionId: kite.id, methodRow: 2, agencyId: ward.agency.id, components: [], otherUploadIds: [], delivery: 'counter', ...change,
})
const filer = async () => accountOf(await newCitizen(ctx(), { name: 'Đặng Thị Diều', personalNumber: null, phone: '0905777001' }))
const declared = async (personalNumber: string): Promise<Extract<Actor, { kind: 'person' }>> => {
  const input = RegisterCitizen.parse({ submissionKey: key(NOW), personalNumber, name: 'Trần Thị Sáo', birthOn: '1990-04-12', phone: '0905123456', password: 'Diều sáo bay cao', address: '198.51.100.9' })
  const { userId, personId } = must(await registerCitizen(ctx({ actor: { kind: 'anonymous' } }), input))
  return { kind: 'person', userId, personId, posts: [] }
}

describe('by what right', () => {
  it.each(CAPACITIES.map((capacity) => [capacity, CAPACITY[capacity]] as const))('as %s: the paper where one is needed, for the kind that it goes with', (capacity, facts) => {
    const said = { kind: facts.of, personalNumber: '3300123456', capacity, papers: 1 } as const
    expect(decideOnBehalf(said, '046190000001')).toEqual({ ok: true, value: facts.title })
    expect(decideOnBehalf({ ...said, papers: 0 }, null).ok).toBe(!facts.paper)
    expect(decideOnBehalf({ ...said, kind: facts.of === 'individual' ? 'organisation' : 'individual' }, null)).toMatchObject({ error: { code: 'capacity-of-other-kind' } })
    expect(decideOnBehalf(said, '3300123456')).toMatchObject({ error: { code: 'on-behalf-of-oneself' } })
  })
})

describe('filed for somebody else', () => {
  it('keeps applicant, who filed, their relation and the authorisation; the desk sees both', async () => {
    const by = await filer()
    const paper = await upload(by, 'giay uy quyen.pdf')
    const { id } = must(await submitDossier(as(by), wish({ onBehalf: { applicant: SAO, capacity: 'kin', authorisationUploadIds: [paper] } })))
    const seen = await getDossierView(as(ward.receiver), id)
    expect(seen.applicant).toMatchObject({ name: 'Trần Thị Sáo', personalNumber: '046190044777' })
    expect(seen.submitter).toMatchObject({ name: 'Đặng Thị Diều', relation: CAPACITY.kin.title })
    expect(seen.attachments.map((file) => [file.name, file.component])).toEqual([['giay uy quyen.pdf', null]])
    expect((await listMyDossiers(as(by))).map((d) => d.id)).toEqual([id])
  })

  it('is one dossier however often it is sent; without the paper, nothing', async () => {
    const by = await filer()
    const input = wish({ onBehalf: { applicant: SAO, capacity: 'authorised', authorisationUploadIds: [await upload(by, 'uy quyen.pdf')] } })
    const answers = await Promise.all([1, 2, 3].map(() => submitDossier(as(by), input)))
    for (const answer of answers) expect(answer).toEqual(answers[0])
    expect(await submitDossier(as(by), wish({ onBehalf: { applicant: SAO, capacity: 'authorised', authorisationUploadIds: [] } }))).toEqual({ ok: false, error: { code: 'authorisation-missing', capacity: 'authorised' } })
    expect(await listMyDossiers(as(by))).toHaveLength(1)
  })

  it('a number that a stranger gave does not keep its owner from an account, and tells nothing of who is on record', async () => {
    const by = await filer()
    const applicant = { ...SAO, personalNumber: '046190044778', name: 'Không Phải Sáo' }
    const first = must(await submitDossier(as(by), wish({ onBehalf: { applicant, capacity: 'guardian', authorisationUploadIds: [] } })))
    const owner = await declared('046190044778')
    expect(await getPerson(ctx(), owner.personId)).toMatchObject({ name: 'Trần Thị Sáo' })
    const second = must(await submitDossier(as(by), wish({ onBehalf: { applicant, capacity: 'guardian', authorisationUploadIds: [] } })))
    for (const { id } of [first, second]) expect((await getMyDossier(as(by), id)).applicant.name).toBe('Không Phải Sáo')
  })

  it('is seen by the applicant’s account once an officer has looked at the identity card, not before', async () => {
    const owner = await declared('046190044779')
    const { id } = must(await submitDossier(as(await filer()), wish({ onBehalf: { applicant: { ...SAO, personalNumber: '046190044779' }, capacity: 'guardian', authorisationUploadIds: [] } })))
    expect(await listMyDossiers(as(owner))).toEqual([])
    await expect(getMyDossier(as(owner), id)).rejects.toThrow(NotFound)
    await expect(mayReadOwnDossier(as(owner), id)).rejects.toThrow(NotFound)
    await confirmIdentity(as(ward.receiver), owner.personId)
    expect((await listMyDossiers(as(owner))).map((d) => d.id)).toEqual([id])
    expect(await getMyDossier(as(owner), id)).toMatchObject({ id })
  })

  it('an organisation that is not on record is not put there by whoever files for it, nor any person: what was said stays with the dossier', async () => {
    const people = async () => (await sql<object>`select count(*) as n, (select count(*) from log.event where type like 'person.%') as events from organisation.person`.execute(ctx().db)).rows
    const by = await filer()
    const applicant = { kind: 'organisation', name: 'Công ty TNHH Diều & Sáo', personalNumber: '3300999888', phone: null, address: '5 Nguyễn Huệ' } as const
    const before = await people()
    const filed = await Promise.all([1, 2].map(async () => must(await submitDossier(as(by), wish({ onBehalf: { applicant, capacity: 'sent', authorisationUploadIds: [await upload(by, 'giay gioi thieu.pdf')] } })))))
    expect(await people()).toEqual(before)
    for (const { id } of filed) expect((await getDossierView(as(ward.receiver), id)).applicant).toMatchObject({ kind: 'organisation', name: 'Công ty TNHH Diều & Sáo', personalNumber: '3300999888' })
    // The desk finds them all the same by the number that was said.
    const lines = await findInRegister(ctx({ actor: ward.receiver }), { text: '3300999888' })
    expect(lines.rows.map((row) => row.id).sort()).toEqual(filed.map(({ id }) => id).sort())
    expect((await searchDossiers(ctx({ actor: ward.receiver }), '3300999888')).map((row) => row.id).sort()).toEqual(filed.map(({ id }) => id).sort())
  })

  it('one that is on record is found by its number, and what a stranger says of it changes nothing there', async () => {
    const { personId } = await registerPerson(as(ward.receiver), { submissionKey: key(NOW), kind: 'organisation', name: 'Hợp tác xã Sáo Trúc', personalNumber: '3300777666', phone: '02343777666', birthOn: null, gender: null, address: '9 Bạch Đằng', email: null })
    const by = await filer()
    const applicant = { kind: 'organisation', name: 'Tên Bịa Đặt', personalNumber: '3300777666', phone: '0905000000', address: 'Nơi bịa đặt' } as const
    const { id } = must(await submitDossier(as(by), wish({ onBehalf: { applicant, capacity: 'sent', authorisationUploadIds: [await upload(by, 'giay gioi thieu.pdf')] } })))
    expect(await getPerson(as(ward.receiver), personId)).toMatchObject({ name: 'Hợp tác xã Sáo Trúc', phone: '02343777666', address: '9 Bạch Đằng' })
    expect(await getDossierView(as(ward.receiver), id)).toMatchObject({ applicantId: personId, applicant: { name: 'Tên Bịa Đặt' } })
  })
})
