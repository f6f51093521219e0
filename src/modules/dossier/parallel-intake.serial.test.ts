/** Decision 18: codes without a gap, however many receive at the same moment. */
import { expect, it } from 'vitest'
import { receiveDossier } from '#modules/dossier'
import { sql } from '#platform/db/db.ts'
import { testDb } from '#test/db.ts'
import { key, kiteProcedure, kiteReception, newCitizen, newWard } from '#test/factories.ts'

const { ctx } = await testDb({ max: 20, waitMs: 60_000 })
const INTAKES = 500

it(`${INTAKES} parallel intakes at one agency: codes 1 … ${INTAKES}, no gap, no failure`, async () => {
  await kiteProcedure(ctx())
  const ward = await newWard(ctx(), 'H57.12')
  const atDesk = ctx({ actor: ward.receiver })
  const applicantId = await newCitizen(ctx(), { name: 'Đặng Văn Dũng' })
  const answers = await Promise.all(Array.from({ length: INTAKES }, () => receiveDossier(atDesk, { ...kiteReception(atDesk, ward, { applicantId }), submissionKey: key(atDesk.now) })))
  expect(answers.filter((answer) => !answer.ok)).toEqual([])
  const codes = answers.flatMap((answer) => (answer.ok ? [answer.value.code] : [])).sort()
  expect(codes).toEqual(Array.from({ length: INTAKES }, (_, i) => `H57.12-20261120-${String(i + 1).padStart(7, '0')}`))
  const { rows } = await sql<{ last: number; dossiers: number }>`select (select last from dossier.code_counter) as last, (select count(*)::int from dossier.dossier) as dossiers`.execute(ctx().db)
  expect(rows).toEqual([{ last: INTAKES, dossiers: INTAKES }])
}, 120_000)
