/** Whoever makes an account with somebody's number first does not get that person's later papers: a counter looks at the identity card once. */
import { describe, expect, it } from 'vitest'
import { NotFound } from '#kernel/errors.ts'
import { plainDate } from '#kernel/plain-date.ts'
import { confirmIdentity } from '#modules/access'
import { RegisterCitizen, registerCitizen } from '#modules/organisation'
import type { Actor } from '#platform/ctx.ts'
import { NOW, testDb } from '#test/db.ts'
import { key, kiteProcedure, must, newWard, receivedDossier } from '#test/factories.ts'
import { getMyDossier, listMyDossiers, mayReadOwnDossier } from '../index.ts'

const db = await testDb()
await kiteProcedure(db.ctx())
const ward = await newWard(db.ctx())

const declared = async (): Promise<Extract<Actor, { kind: 'person' }>> => {
  const input = RegisterCitizen.parse({ submissionKey: key(NOW), personalNumber: '046190044001', name: 'Trần Thị Sáo', birthOn: plainDate('1990-04-12'), phone: '0905123456', password: 'Diều sáo bay cao', address: '198.51.100.1' })
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
})
