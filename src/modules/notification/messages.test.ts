import { readFileSync, readdirSync } from 'node:fs'
import { describe, expect, it } from 'vitest'
import { type Instant, formatInstant, plainDate } from '#kernel/plain-date.ts'
import { at } from '#test/clock-cases.ts'
import { winner } from './combine.ts'
import { drawExample, drawMessage, smsParts } from './draw-message.ts'
import { LANGS, type MessageTemplate, faultsOf, parseMessageTemplate, withTexts } from './message-template.ts'
import { afterQuiet, leavesAt } from './quiet-hours.ts'
import { SHIPPED_TEMPLATES, shippedTemplate } from './shipped-templates.ts'

const FILES = readdirSync('data/messages').filter((name) => name.endsWith('.json'))
const read = (file: string) => JSON.parse(readFileSync(`data/messages/${file}`, 'utf8')) as { kind: string; texts: MessageTemplate['texts'] }
const received = shippedTemplate('received')!
const vi = (change: Partial<MessageTemplate['texts']['vi']>) => withTexts(received, { ...received.texts, vi: { ...received.texts.vi, ...change } })

describe('templates of messages', () => {
  it.each(FILES)('%s is well formed, and shipped', (file) => {
    const template = parseMessageTemplate(read(file))
    expect(file).toBe(`${template.kind}.json`)
    expect(SHIPPED_TEMPLATES.map((t) => [t.kind, t.version])).toContainEqual([template.kind, template.version])
  })

  it('what a template settles are templates, and each value of its own is named in every language', () => {
    const kinds = SHIPPED_TEMPLATES.map((t) => t.kind)
    expect(SHIPPED_TEMPLATES.flatMap((t) => t.settles).filter((kind) => !kinds.includes(kind))).toEqual([])
    for (const t of SHIPPED_TEMPLATES) for (const lang of LANGS) expect(t.values.filter(({ name }) => !JSON.stringify(t.texts[lang]).includes(`{${name}}`)), `${t.kind} ${lang}`).toEqual([])
  })

  it('an SMS in Vietnamese is written without accents and takes at most two parts', () => {
    for (const t of SHIPPED_TEMPLATES) for (const lang of LANGS) expect(smsParts(drawExample(t, lang, 'sms').text), `${t.kind} ${lang}`).toBeLessThanOrEqual(2)
  })

  it('a broken one is refused with the place of the fault', () => {
    expect(faultsOf(vi({ email: 'Kính gửi {name},\nHồ sơ {ma} hẹn trả {due' }))).toEqual([
      { lang: 'vi', part: 'email', fault: 'unknown-name', line: 2, column: 7, found: '{ma}' },
      { lang: 'vi', part: 'email', fault: 'not-closed', line: 2, column: 20, found: '{due' },
    ])
    expect(faultsOf(vi({ sms: ' ' }))).toEqual([{ lang: 'vi', part: 'sms', fault: 'empty' }])
    expect(faultsOf(vi({ app: 'x'.repeat(501) }))).toEqual([{ lang: 'vi', part: 'app', fault: 'too-long', most: 500, length: 501 }])
    expect(faultsOf(vi({ subject: 'Hồ sơ {code}\nBcc: ai.do@example.vn' }))).toEqual([{ lang: 'vi', part: 'subject', fault: 'not-one-line' }])
    expect(faultsOf(vi({ sms: 'Ho so {until}' }))).toMatchObject([{ fault: 'unknown-name', found: '{until}' }])
    expect(() => parseMessageTemplate({ ...read('received.json'), colour: 'red' })).toThrow()
    expect(() => parseMessageTemplate({ ...read('received.json'), texts: { ...received.texts, vi: { ...received.texts.vi, app: '{x}' } } })).toThrow('received: vi app: unknown-name at 1:1')
  })

  it('any change gives another version', () => {
    expect(vi({ sms: 'Ho so {code}' }).version).not.toBe(received.version)
    expect(vi({}).version).toBe(received.version)
  })
})

describe('what the reader sees', () => {
  const facts = { name: 'Đặng Dũng', code: 'H57.12-20261120-0000007', procedure: 'Cấp giấy phép thả diều', desk: 'Quầy Diều', city: 'thành phố Huế', link: 'https://x.vn/tra-cuu', due: { at: at('2026-11-26 17:30') } }

  it('dates are written as people write them, in the language of the message', () => {
    expect(drawMessage(received, facts, 'vi', 'app')).toEqual({ subject: 'Hồ sơ H57.12-20261120-0000007 đã được tiếp nhận, hẹn trả 17:30 ngày 26/11/2026', text: 'Hồ sơ H57.12-20261120-0000007 đã được tiếp nhận. Hẹn trả 17:30 ngày 26/11/2026.' })
    expect(drawMessage(received, facts, 'en', 'app').text).toBe('Application H57.12-20261120-0000007 received. Due 17:30 on 26/11/2026.')
  })

  it('an SMS carries no accent, and its values neither', () => {
    expect(drawMessage(received, facts, 'vi', 'sms')).toEqual({ subject: '', text: 'Ho so H57.12-20261120-0000007 da tiep nhan, hen tra 17:30 ngay 26/11/2026. Xem: https://x.vn/tra-cuu' })
    expect(drawMessage(vi({ sms: 'Hồ sơ {code} của {name}' }), facts, 'vi', 'sms').text).toBe('Hồ sơ H57.12-20261120-0000007 của Đặng Dũng')
  })

  it('a line that names what this message does not have is left out', () => {
    const template = shippedTemplate('completion-requested')!
    expect(drawMessage(template, { ...facts, until: { on: plainDate('2026-11-30') } }, 'vi', 'app').text).toBe('Hồ sơ H57.12-20261120-0000007 cần bổ sung. Bấm để xem và trả lời.\nHạn: hết ngày 30/11/2026.')
    expect(drawMessage(template, { ...facts, until: null }, 'vi', 'app').text).toBe('Hồ sơ H57.12-20261120-0000007 cần bổ sung. Bấm để xem và trả lời.')
  })

  it.each([[160, 'a', 1], [161, 'a', 2], [306, 'a', 2], [307, 'a', 3], [70, 'ệ', 1], [71, 'ệ', 2], [134, 'ệ', 2], [135, 'ệ', 3]])('%i characters %s are %i parts', (n, character, parts) => {
    expect(smsParts(character.repeat(n))).toBe(parts)
  })
})

describe('quiet hours', () => {
  const NIGHT = { from: 21 * 60, to: 7 * 60 }
  it.each([
    ['2026-11-20 20:59', '20/11/2026 20:59'],
    ['2026-11-20 21:00', '21/11/2026 07:00'],
    ['2026-11-20 23:59', '21/11/2026 07:00'],
    ['2026-11-21 00:00', '21/11/2026 07:00'],
    ['2026-11-21 06:59', '21/11/2026 07:00'],
    ['2026-11-21 07:00', '21/11/2026 07:00'],
    ['2026-12-31 22:00', '01/01/2027 07:00'],
  ])('what happens at %s leaves at %s', (moment, leaves) => {
    expect(formatInstant(afterQuiet(at(moment), NIGHT))).toBe(leaves)
  })

  it('may lie within a day, or never be', () => {
    const noon = { from: 11 * 60 + 30, to: 13 * 60 + 30 }
    expect(formatInstant(afterQuiet(at('2026-11-20 12:00'), noon))).toBe('20/11/2026 13:30')
    expect(formatInstant(afterQuiet(at('2026-11-20 13:30'), noon))).toBe('20/11/2026 13:30')
    const never = { from: 0, to: 0 }
    expect(afterQuiet(at('2026-11-20 00:00'), never)).toBe(at('2026-11-20 00:00'))
  })

  it('the window may lead into the night', () => {
    expect(formatInstant(leavesAt(at('2026-11-20 20:57'), 5, NIGHT))).toBe('21/11/2026 07:00')
    expect(formatInstant(leavesAt((at('2026-11-20 10:00') + 1) as Instant, 5, NIGHT))).toBe('20/11/2026 10:05')
  })
})

describe('one message, not five', () => {
  const of = (kind: string) => shippedTemplate(kind)!
  it.each([
    ['submitted', 'received', 'newer'],
    ['received', 'result-ready', 'newer'],
    ['result-ready', 'returned', 'newer'],
    ['submitted', 'completion-requested', 'newer'],
    ['completion-requested', 'received', 'newer'],
    ['completion-requested', 'refused', 'newer'],
    ['completion-requested', 'submitted', 'waiting'],
  ] as const)('%s waits, then comes %s: the %s one is sent', (waiting, newer, wins) => {
    expect(winner(of(waiting), of(newer))).toBe(wins)
  })
})
