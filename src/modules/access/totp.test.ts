import { describe, expect, it } from 'vitest'
import { instant } from '#kernel/plain-date.ts'
import { base32, codeAt, matchingStep, otpauthUri, stepOf } from './totp.ts'

const SECRET = Buffer.from('12345678901234567890')

describe('RFC 6238', () => {
  it.each([[59, '94287082'], [1111111109, '07081804'], [1111111111, '14050471'], [1234567890, '89005924'], [2000000000, '69279037'], [20000000000, '65353130']])('appendix B: at second %i the code is %s', (second, code) => {
    expect(codeAt(SECRET, stepOf(instant(second * 1_000)), 8)).toBe(code)
  })

  it('a code is good for its half-minute and one on either side, and only once', () => {
    const at = instant(1_795_136_400_000)
    const step = stepOf(at)
    for (const drift of [-1, 0, 1]) expect(matchingStep(SECRET, codeAt(SECRET, step + drift), at, 0)).toBe(step + drift)
    for (const drift of [-2, 2]) expect(matchingStep(SECRET, codeAt(SECRET, step + drift), at, 0)).toBeUndefined()
    expect(matchingStep(SECRET, codeAt(SECRET, step), at, step)).toBeUndefined()
    for (const bad of ['', '12345', '1234567', 'abcdef', ' 123456']) expect(matchingStep(SECRET, bad, at, 0)).toBeUndefined()
  })
})

it('RFC 4648: base32 without padding', () => {
  for (const [plain, text] of [['', ''], ['f', 'MY'], ['fo', 'MZXQ'], ['foo', 'MZXW6'], ['foob', 'MZXW6YQ'], ['fooba', 'MZXW6YTB'], ['foobar', 'MZXW6YTBOI']] as const) expect(base32(Buffer.from(plain))).toBe(text)
})

it('the QR code names the city and the account', () => {
  expect(otpauthUri(SECRET, 'Thành phố Huế', 'hotich.thuanhoa')).toBe('otpauth://totp/Th%C3%A0nh%20ph%E1%BB%91%20Hu%E1%BA%BF:hotich.thuanhoa?secret=GEZDGNBVGY3TQOJQGEZDGNBVGY3TQOJQ&issuer=Th%C3%A0nh%20ph%E1%BB%91%20Hu%E1%BA%BF&algorithm=SHA1&digits=6&period=30')
})
