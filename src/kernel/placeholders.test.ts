import { describe, expect, it } from 'vitest'
import { fillPlaceholders, placeholderFaults, placeholdersIn } from './placeholders.ts'

const KNOWN = new Set(['code', 'due'])

describe('texts that name values', () => {
  it('are filled, whatever stands in the values', () => {
    expect(fillPlaceholders('Hồ sơ {code} hẹn trả {due}.', { code: 'H57.12', due: '$& {code}' })).toBe('Hồ sơ H57.12 hẹn trả $& {code}.')
    expect(fillPlaceholders('{toString}{due}', {})).toBe('')
    expect(placeholdersIn('{code} {due} {code}')).toEqual(['code', 'due', 'code'])
  })

  it.each([
    ['Hồ sơ {code}', []],
    ['Hồ sơ {ma}', [{ fault: 'unknown-name', line: 1, column: 7, found: '{ma}' }]],
    ['Hồ sơ {}', [{ fault: 'unknown-name', line: 1, column: 7, found: '{}' }]],
    ['Kính gửi\nHồ sơ {code hẹn {due}', [{ fault: 'not-closed', line: 2, column: 7, found: '{code' }]],
    ['{mã hồ sơ}', [{ fault: 'not-closed', line: 1, column: 1, found: '{mã' }, { fault: 'not-opened', line: 1, column: 10, found: '}' }]],
    ['code}', [{ fault: 'not-opened', line: 1, column: 5, found: '}' }]],
  ])('%j says where it is broken', (text, faults) => {
    expect(placeholderFaults(text, KNOWN)).toEqual(faults)
  })
})
