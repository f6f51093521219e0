import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import type { Uuid } from '#kernel/ids.ts'
import { ASSIGNMENT_RULES, type AssignmentFacts, type AssignmentSetting, type Candidate, MANUAL, chooseOfficer } from './assignment.ts'

const post = (n: number) => `00000000-0000-7000-8000-00000000000${n}` as Uuid
const [AN, BINH, CHI] = [post(1), post(2), post(3)]
const there = (postId: Uuid, open = 0): Candidate => ({ postId, open, away: false })
const away = (postId: Uuid): Candidate => ({ postId, open: 0, away: true })
const facts = (change: Partial<AssignmentFacts> = {}): AssignmentFacts => ({ candidates: [there(AN, 5), there(BINH, 2), there(CHI, 9)], previous: null, field: 'Hộ tịch', lastTurn: null, ...change })
const setting = (rule: AssignmentSetting['rule'], change: Partial<AssignmentSetting> = {}): AssignmentSetting => ({ ...MANUAL, rule, ...change })

describe('automatic assignment (phân công tự động)', () => {
  it('manual: the leader assigns, even what somebody had before', () => {
    expect(chooseOfficer(MANUAL, facts({ previous: AN }))).toBeUndefined()
  })

  it('in turn: one after the other and round again; who is away is passed over', () => {
    const turns: Uuid[] = []
    for (let n = 0; n < 7; n++) turns.push(chooseOfficer(setting('round-robin'), facts({ lastTurn: turns.at(-1) ?? null }))!.postId)
    expect(turns).toEqual([AN, BINH, CHI, AN, BINH, CHI, AN])
    expect(chooseOfficer(setting('round-robin'), facts({ candidates: [there(AN), away(BINH), there(CHI)], lastTurn: AN }))?.postId).toBe(CHI)
  })

  it('in turn: goes on behind somebody who has left meanwhile', () => {
    expect(chooseOfficer(setting('round-robin'), facts({ candidates: [there(AN), there(CHI)], lastTurn: BINH }))?.postId).toBe(CHI)
  })

  it('least loaded: whoever has the fewest open dossiers', () => {
    expect(chooseOfficer(setting('least-loaded'), facts())).toEqual({ postId: BINH, by: 'least-loaded' })
    expect(chooseOfficer(setting('least-loaded'), facts({ candidates: [there(AN, 5), away(BINH), there(CHI, 9)] }))?.postId).toBe(AN)
  })

  it('by field: whose the field is, the least loaded of them; another field is left to the leader', () => {
    const byField = setting('by-field', { fields: { 'Hộ tịch': [AN, CHI], 'Đất đai': [BINH] } })
    expect(chooseOfficer(byField, facts())).toEqual({ postId: AN, by: 'by-field' })
    expect(chooseOfficer(byField, facts({ field: 'Đất đai' }))?.postId).toBe(BINH)
    expect(chooseOfficer(byField, facts({ field: 'Diều sáo' }))).toBeUndefined()
    expect(chooseOfficer(byField, facts({ candidates: [away(AN), there(BINH), away(CHI)] }))).toBeUndefined()
  })

  it('back to the officer who had it, unless they are away, have left, or the unit does not want it', () => {
    expect(chooseOfficer(setting('least-loaded'), facts({ previous: CHI }))).toEqual({ postId: CHI, by: 'previous-officer' })
    expect(chooseOfficer(setting('least-loaded'), facts({ previous: CHI, candidates: [there(AN, 1), away(CHI)] }))).toEqual({ postId: AN, by: 'least-loaded' })
    expect(chooseOfficer(setting('least-loaded'), facts({ previous: CHI, candidates: [there(AN, 1)] }))?.postId).toBe(AN)
    expect(chooseOfficer(setting('least-loaded', { keepOfficer: false }), facts({ previous: CHI }))?.postId).toBe(BINH)
  })

  it('never to whoever it is taken from', () => {
    expect(chooseOfficer(setting('least-loaded'), facts({ previous: BINH, except: BINH }))?.postId).toBe(AN)
  })

  it('whatever the rule and the facts: only to somebody of the division who is there', () => {
    const candidate = fc.record({ postId: fc.integer({ min: 1, max: 6 }).map(post), open: fc.nat(50), away: fc.boolean() })
    const any = fc.option(fc.integer({ min: 1, max: 6 }).map(post))
    fc.assert(
      fc.property(fc.constantFrom(...ASSIGNMENT_RULES), fc.uniqueArray(candidate, { selector: (c) => c.postId }), any, any, any, fc.boolean(), (rule, candidates, previous, lastTurn, except, keepOfficer) => {
        const choice = chooseOfficer({ rule, keepOfficer, fields: { x: [AN, BINH] } }, { candidates, previous, field: 'x', lastTurn, except })
        if (choice !== undefined) expect(candidates.some((c) => c.postId === choice.postId && !c.away && c.postId !== except)).toBe(true)
        if (rule === 'round-robin' || rule === 'least-loaded') expect(choice === undefined).toBe(candidates.every((c) => c.away || c.postId === except))
      }),
    )
  })
})
