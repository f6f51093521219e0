import { describe, expect, it } from 'vitest'
import { runDeadline } from '#modules/calendar'

const ask = async (...lines: (string | object)[]) => {
  const out: string[] = []
  const input = async function* () {
    for (const line of lines) yield typeof line === 'string' ? line : JSON.stringify(line)
  }
  const counts = await runDeadline(input(), (line) => void out.push(line))
  return { counts, answers: out.map((line) => JSON.parse(line) as Record<string, unknown>) }
}

const good = { id: 'a', start: '2026-11-20T15:42:00+07:00', limit: { amount: 3, unit: 'working-day' }, supplementMode: 'suspend', suspensions: [] }

describe('motcua deadline', () => {
  it('answers a line by a line, moments with the offset of Vietnam', async () => {
    const { answers } = await ask(good)
    expect(answers).toEqual([
      {
        id: 'a',
        effectiveStart: '2026-11-20T15:42:00+07:00',
        dueAt: '2026-11-26T17:30:00+07:00',
        explanation: [
          { from: '2026-11-20T15:42:00+07:00', to: '2026-11-21T00:00:00+07:00', counted: 0, unit: 'working-day', reason: 'start-day', rule: 'C5' },
          { from: '2026-11-21T00:00:00+07:00', to: '2026-11-23T00:00:00+07:00', counted: 0, unit: 'working-day', reason: 'weekend', rule: 'C2' },
          { from: '2026-11-23T00:00:00+07:00', to: '2026-11-24T00:00:00+07:00', counted: 1, unit: 'working-day', reason: 'working-day', rule: 'C5' },
          { from: '2026-11-24T00:00:00+07:00', to: '2026-11-25T00:00:00+07:00', counted: 0, unit: 'working-day', reason: 'holiday', rule: 'C2', name: 'Ngày Văn hóa Việt Nam' },
          { from: '2026-11-25T00:00:00+07:00', to: '2026-11-26T17:30:00+07:00', counted: 2, unit: 'working-day', reason: 'working-day', rule: 'C5' },
        ],
      },
    ])
  })

  it('takes any offset, an open suspension, a cut-off, and says when it is provisional', async () => {
    const { answers } = await ask(
      { ...good, id: 1, start: '2026-11-20T08:42:00Z' },
      { ...good, id: 2, suspensions: [{ from: '2026-11-23T09:00:00+07:00', to: null }] },
      { ...good, id: 3, suspensions: [{ from: '2026-11-26T17:30:01+07:00', to: null }] },
      { ...good, id: 4, limit: { amount: 0, unit: 'working-day' }, inDayCutoff: '15:00' },
      { ...good, id: 5, start: '2027-02-03T09:00:00.250+07:00' },
      { id: 6, start: good.start, limit: good.limit, inDayCutoff: null },
    )
    expect(answers.map(({ id, dueAt, provisional }) => [id, dueAt, provisional])).toEqual([
      [1, '2026-11-26T17:30:00+07:00', undefined],
      [2, null, undefined],
      [3, '2026-11-26T17:30:00+07:00', undefined],
      [4, '2026-11-23T17:30:00+07:00', undefined],
      [5, '2027-02-15T17:30:00+07:00', true],
      [6, '2026-11-26T17:30:00+07:00', undefined],
    ])
    expect(answers[4]?.['effectiveStart']).toBe('2027-02-03T09:00:00.250+07:00')
  })

  const bad: readonly (readonly [says: string, line: string | object, code: string, id: string | null])[] = [
    ['is not JSON', '{"id":', 'not-json', null],
    ['is not an object', '7', 'not-an-object', null],
    ['has no id', { ...good, id: undefined }, 'bad-id', null],
    ['has a start without an offset', { ...good, start: '2026-11-20T15:42:00' }, 'bad-start', 'a'],
    ['starts on 30 February', { ...good, start: '2026-02-30T15:42:00+07:00' }, 'bad-start', 'a'],
    ['starts before the calendar', { ...good, start: '2019-11-20T15:42:00+07:00' }, 'calendar-unknown', 'a'],
    ['has no limit', { ...good, limit: undefined }, 'bad-limit', 'a'],
    ['has an unknown unit', { ...good, limit: { amount: 3, unit: 'week' } }, 'bad-limit', 'a'],
    ['has an amount in words', { ...good, limit: { amount: '3', unit: 'day' } }, 'bad-limit', 'a'],
    ['has a quarter of a day', { ...good, limit: { amount: 0.25, unit: 'working-day' } }, 'bad-amount', 'a'],
    ['has a cut-off with three days', { ...good, inDayCutoff: '15:00' }, 'cutoff-without-same-day', 'a'],
    ['has a cut-off that is no time', { ...good, inDayCutoff: '25:00' }, 'bad-in-day-cutoff', 'a'],
    ['has an unknown mode', { ...good, supplementMode: 'stop' }, 'bad-supplement-mode', 'a'],
    ['has a suspension without a beginning', { ...good, suspensions: [{ to: null }] }, 'bad-suspensions', 'a'],
    ['has a suspension that ends before it begins', { ...good, suspensions: [{ from: '2026-11-24T09:00:00+07:00', to: '2026-11-23T09:00:00+07:00' }] }, 'suspension-backwards', 'a'],
    ['lasts beyond the calendar', { ...good, limit: { amount: 90_000, unit: 'working-day' } }, 'calendar-unknown', 'a'],
  ]
  for (const [says, line, code, id] of bad) {
    it(`a line that ${says} is named, and the rest goes on`, async () => {
      const { answers, counts } = await ask(good, line, '', good)
      expect(counts).toEqual({ answered: 2, bad: 1 })
      expect(Object.keys(answers[1] ?? {})).toEqual(['id', 'line', 'error'])
      expect(answers[1]).toMatchObject({ id, line: 2 })
      expect(String(answers[1]?.['error']).split(':')[0]).toBe(code)
      expect(answers[2]?.['id']).toBe('a')
    })
  }
})
