import { describe, expect, it } from 'vitest'
import { uuid } from '#kernel/ids.ts'
import type { Actor, HeldPost } from '#platform/ctx.ts'
import { can, proceduresFor } from './authorise.ts'

const [UNIT, OTHER] = [uuid('00000000-0000-7000-8000-000000000001'), uuid('00000000-0000-7000-8000-000000000002')]
const post = (unitId: typeof UNIT, procedures?: readonly string[] | null): HeldPost => ({
  postId: unitId, role: 'desk-officer', unitId, agencyId: OTHER,
  ...(procedures !== undefined && { delegated: { delegationId: OTHER, basis: 'delegation', powers: ['dossier.receive'], procedures } }),
})
const person = (...posts: readonly HeldPost[]): Actor => ({ kind: 'person', userId: UNIT, personId: UNIT, posts })

describe('a delegation for some procedures', () => {
  it('carries nothing where no procedure is named, unless a list says that it filters', () => {
    const limited = person(post(UNIT, ['1.004873']))
    expect(can(limited, 'dossier.receive', { unitId: UNIT })).toBe(false)
    expect(can(limited, 'dossier.receive', { unitId: UNIT, procedureCode: '1.999001' })).toBe(false)
    expect(can(limited, 'dossier.receive', { unitId: UNIT, procedureCode: '1.999001', forSome: true })).toBe(false)
    expect(can(limited, 'dossier.receive', { unitId: UNIT, procedureCode: '1.004873' })).toBe(true)
    expect(can(limited, 'dossier.receive', { unitId: UNIT, forSome: true })).toBe(true)
    expect(can(limited, 'dossier.return', { unitId: UNIT, forSome: true })).toBe(false)
  })

  it('gives a list the codes to filter by: all of several delegations, null beside a post without limit, none elsewhere', () => {
    const limits = [post(UNIT, ['1.004873']), post(UNIT, ['1.004873', '1.999001'])]
    expect(proceduresFor(person(...limits), 'dossier.receive', { unitId: UNIT })).toEqual(['1.004873', '1.999001'])
    expect(proceduresFor(person(...limits, post(UNIT)), 'dossier.receive', { unitId: UNIT })).toBeNull()
    expect(proceduresFor(person(...limits, post(UNIT, null)), 'dossier.receive', { unitId: UNIT })).toBeNull()
    expect(proceduresFor(person(...limits, post(OTHER)), 'dossier.receive', { unitId: UNIT })).toEqual(['1.004873', '1.999001'])
    expect(proceduresFor(person(...limits), 'dossier.receive', { unitId: OTHER })).toEqual([])
    expect(proceduresFor({ kind: 'system', job: 'x' }, 'dossier.receive')).toBeNull()
    expect(proceduresFor({ kind: 'anonymous' }, 'dossier.receive')).toEqual([])
  })
})
