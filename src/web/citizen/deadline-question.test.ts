import { describe, expect, it } from 'vitest'
import { isoInstant } from '#kernel/plain-date.ts'
import { type Values, errorsOf, questionOf } from './deadline-question.ts'

const TYPED: Values = {
  ngay: '2026-11-20',
  gio: '15:42',
  so: '3',
  'don-vi': 'working-day',
  'gio-chot': '',
  'dung-ngay': '',
  'dung-gio': '',
  'tiep-ngay': '',
  'tiep-gio': '',
  'cach-dung': 'suspend',
}
const ask = (typed: Partial<Values>) => questionOf({ ...TYPED, ...typed }, 'vi')
const wrong = (typed: Partial<Values>) => {
  const asked = ask(typed)
  return asked.ok ? [] : Object.keys(asked.error)
}

describe('what is typed on /tinh-han', () => {
  it('becomes a question to the clock', () => {
    const asked = ask({ gio: '8h', so: '0,5', 'dung-ngay': '2026-11-23', 'dung-gio': '9:05', 'cach-dung': 'restart' })
    if (!asked.ok) throw new Error(JSON.stringify(asked.error))
    expect(isoInstant(asked.value.start)).toBe('2026-11-20T08:00:00+07:00')
    expect(asked.value).toMatchObject({ limit: { amount: 0.5, unit: 'working-day' }, supplementMode: 'restart', suspensions: [{ to: null }] })
    expect(asked.value).not.toHaveProperty('inDayCutoff')
  })
  it('15:00 as a cut-off is fifteen hours into the day', () => {
    const asked = ask({ so: '0', 'gio-chot': '15:00' })
    expect(asked.ok && asked.value.inDayCutoff).toBe(54_000_000)
  })
  it('is refused at the field where it is wrong', () => {
    expect(wrong({ ngay: '2026-02-30' })).toEqual(['ngay'])
    expect(wrong({ gio: '25:00' })).toEqual(['gio'])
    expect(wrong({ so: '' })).toEqual(['so'])
    expect(wrong({ so: 'ba' })).toEqual(['so'])
    expect(wrong({ 'don-vi': 'week' })).toEqual(['don-vi'])
    expect(wrong({ 'gio-chot': '1500' })).toEqual(['gio-chot'])
    expect(wrong({ 'dung-ngay': '2026-11-23' })).toEqual(['dung-gio'])
    expect(wrong({ 'tiep-ngay': '2026-11-23', 'tiep-gio': '9:00' })).toEqual(['dung-ngay'])
  })
  it('the clock’s own refusals stand at their fields, too', () => {
    expect(errorsOf({ code: 'bad-amount', amount: 0.25, unit: 'hour' }, 'vi')).toHaveProperty('so')
    expect(errorsOf({ code: 'cutoff-without-same-day', amount: 1, unit: 'working-day' }, 'en')).toEqual({
      'gio-chot': 'An in-day cut-off goes only with a limit of 0 working days (the same day).',
    })
  })
})
