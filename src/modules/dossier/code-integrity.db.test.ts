import { beforeAll, describe, expect, it } from 'vitest'
import { newId } from '#platform/ids.ts'
import { verifyLog } from '#platform/log/verify.ts'
import { NOW, testDb } from '#test/db.ts'
import { type Ward, kiteProcedure, newWard, receivedDossier } from '#test/factories.ts'
import { codeIntegrity } from './index.ts'

const { ctx, owner } = await testDb()
const verify = () => verifyLog(ctx().db, { integrityChecks: [codeIntegrity] })

let ward: Ward
beforeAll(async () => {
  ward = await newWard(ctx())
  await kiteProcedure(ctx())
})

describe('codes and dossiers (decision 13)', () => {
  it('name each other: verify finds nothing, and events and rows are whole', async () => {
    await receivedDossier(ctx(), ward)
    expect(await verify()).toMatchObject({ ok: true, firstBad: null })
  })

  it('a code that names no dossier is found and named, unless its year stands outside', async () => {
    const lost = newId(NOW)
    await owner.query(`insert into dossier.code values ('H57.99-20261120-0000099', $1, 'dossier')`, [lost])
    expect((await verify()).firstBad).toEqual({ what: 'id-unknown', stream: lost, detail: 'code H57.99-20261120-0000099 names no dossier' })
    await owner.query('insert into platform.detached_year (year) values (2026)')
    expect((await codeIntegrity.run(ctx().db)).map((f) => f.stream)).not.toContain(lost)
    await owner.query('delete from platform.detached_year')
    await owner.query('delete from dossier.code where id = $1', [lost])
  })

  it('a dossier whose code was taken away is found and named', async () => {
    const { id: dossierId } = await receivedDossier(ctx(), ward)
    await owner.query('delete from dossier.code where id = $1', [dossierId])
    expect((await verify()).firstBad).toEqual({ what: 'id-unknown', stream: dossierId, detail: 'the dossier has no code' })
  })
})
