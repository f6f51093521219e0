/** Whoever makes an account with somebody's number first does not get that person's later papers: a counter looks at the identity card once. */
import { describe, expect, it } from 'vitest'
import { NotFound } from '#kernel/errors.ts'
import type { Uuid } from '#kernel/ids.ts'
import { plainDate } from '#kernel/plain-date.ts'
import { confirmIdentity } from '#modules/access'
import { getCurrentRevision } from '#modules/catalogue'
import { RegisterCitizen, registerCitizen } from '#modules/organisation'
import type { Actor } from '#platform/ctx.ts'
import { sql } from '#platform/db/db.ts'
import { catchUp } from '#platform/log/subscriptions.ts'
import { NOW, testDb } from '#test/db.ts'
import { type Officer, key, kiteProcedure, must, newCitizen, newWard, receivedDossier } from '#test/factories.ts'
import { CorrectEntries, acceptSubmission, completeSubmission, correctEntries, dossierMessages, getDossierView, getMyDossier, listMyDossiers, mayReadOwnDossier, requestCompletion, submitDossier } from '../index.ts'

const db = await testDb()
await kiteProcedure(db.ctx())
const ward = await newWard(db.ctx())

const declared = async (personalNumber = '046190044001'): Promise<Extract<Actor, { kind: 'person' }>> => {
  const input = RegisterCitizen.parse({ submissionKey: key(NOW), personalNumber, name: 'Trần Thị Sáo', birthOn: plainDate('1990-04-12'), phone: '0905123456', password: 'Diều sáo bay cao', address: '198.51.100.1' })
  const { userId, personId } = must(await registerCitizen(db.ctx({ actor: { kind: 'anonymous' } }), input))
  return { kind: 'person', userId, personId, posts: [] }
}

describe('an account that is only declared', () => {
  it('shows nothing that a counter took in, until an officer has looked at the identity card', async () => {
    const actor = await declared()
    const sao = db.ctx({ actor })
    const { id } = await receivedDossier(db.ctx(), ward, { applicantId: actor.personId })
    expect(await listMyDossiers(sao)).toEqual([])
    await expect(getMyDossier(sao, id)).rejects.toThrow(NotFound)
    await expect(mayReadOwnDossier(sao, id)).rejects.toThrow(NotFound)
    await confirmIdentity(db.ctx({ actor: ward.receiver }), actor.personId)
    expect((await listMyDossiers(sao)).map((d) => d.id)).toEqual([id])
    expect(await getMyDossier(sao, id)).toMatchObject({ id })
    await mayReadOwnDossier(sao, id)
  })

  it('answers no request about what a counter filed with that number, before that', async () => {
    const actor = await declared('046190044002')
    const other: Actor = { kind: 'person', userId: key(NOW), personId: await newCitizen(db.ctx()), posts: [] }
    const kite = await getCurrentRevision(db.ctx(), '1.999001')
    const said = { kind: 'individual' as const, name: 'Trần Thị Sáo', personalNumber: '046190044002', phone: null, address: null }
    const { id } = must(await submitDossier(db.ctx({ actor: other }), { submissionKey: key(NOW), procedureCode: kite.code, revisionId: kite.id, methodRow: 2, agencyId: ward.agency.id, components: [], otherUploadIds: [], delivery: 'counter', onBehalf: { applicant: said, capacity: 'guardian', authorisationUploadIds: [] } }))
    const on = async () => ({ submissionKey: key(NOW), dossierId: id, version: (await getDossierView(db.ctx(), id)).version })
    must(await requestCompletion(db.ctx({ actor: ward.receiver }), { ...(await on()), items: ['Ảnh'], reason: 'Mờ' }))
    await expect(completeSubmission(db.ctx({ actor }), { ...(await on()), components: [], otherUploadIds: [], note: 'Người lạ trả lời' })).rejects.toThrow(NotFound)
    await confirmIdentity(db.ctx({ actor: ward.receiver }), actor.personId)
    must(await completeSubmission(db.ctx({ actor }), { ...(await on()), components: [], otherUploadIds: [], note: 'Tôi trả lời' }))
  })
})

describe('filed on line under a number that turns out to be another’s', () => {
  const filed = async (actor: Extract<Actor, { kind: 'person' }>) => {
    const kite = await getCurrentRevision(db.ctx(), '1.999001')
    const { id } = must(await submitDossier(db.ctx({ actor }), { submissionKey: key(NOW), procedureCode: kite.code, revisionId: kite.id, methodRow: 2, agencyId: ward.agency.id, components: [], otherUploadIds: [], delivery: 'counter' }))
    must(await acceptSubmission(db.ctx({ actor: ward.receiver }), { submissionKey: key(NOW), dossierId: id, version: (await getDossierView(db.ctx({ actor: ward.receiver }), id)).version }))
    return id
  }
  const moved = async (id: Uuid, actor: Officer) => {
    const { applicant, delivery, version } = await getDossierView(db.ctx({ actor }), id)
    const input = { submissionKey: key(NOW), dossierId: id, version, reason: 'Nộp nhầm số của con', name: 'Lê Văn Vạc', personalNumber: '046190044099', phone: applicant.phone, address: applicant.address, email: applicant.email, delivery, deliveryAddress: null }
    return correctEntries(db.ctx({ actor }), CorrectEntries.parse(input))
  }

  it('from a checked account: the desk alone is refused, who approves moves it, and the former applicant is told without a word of the new one', async () => {
    const actor = await declared('046190044003')
    await confirmIdentity(db.ctx({ actor: ward.receiver }), actor.personId)
    const id = await filed(actor)
    expect(await moved(id, ward.receiver)).toMatchObject({ ok: false, error: { code: 'other-applicant-unapproved' } })
    expect(await getMyDossier(db.ctx({ actor }), id), 'nothing has changed').toMatchObject({ id })
    must(await moved(id, ward.leader))
    await expect(getMyDossier(db.ctx({ actor }), id)).rejects.toThrow(NotFound)
    await catchUp(db.ctx(), dossierMessages)
    const { rows } = await sql<{ facts: object; code: string }>`select facts, code from notification.message where kind = 'no-longer-yours' and person_id = ${actor.personId} and state = 'waiting'`.execute(db.ctx().db)
    expect(rows).toHaveLength(1)
    expect(JSON.stringify(rows)).not.toMatch(/Vạc|046190044099/)
  })

  it('from an account that nobody has looked at: the desk may, as it may correct any other entry', async () => {
    const actor = await declared('046190044004')
    must(await moved(await filed(actor), ward.receiver))
  })
})
