/** Runs last: what the program logged while all journeys walked names nobody. Only where this run started the program, else its log is not ours to read. */
import { readFile } from 'node:fs/promises'
import { describe, expect, inject, it } from 'vitest'
import { fold } from '#kernel/text.ts'
import { baseUrl, useBrowser } from './browser.ts'
import { signIn } from './login.ts'
import { TYPED, personOf, seededPeople } from './people.ts'
import { seekApplicant } from './reception.ts'

const open = useBrowser()
const programLog = inject('programLog')
const people = [...seededPeople, ...Object.values(TYPED)]

/** Addresses are escaped in a log line, ids are not numbers of people. */
const plainText = (log: string): string => {
  const unescaped = log.replace(/(?:%[0-9a-f]{2})+/gi, (bytes) => {
    try {
      return decodeURIComponent(bytes)
    } catch {
      return bytes
    }
  })
  return unescaped.replace(/[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}/gi, '(id)').replaceAll('+', ' ').normalize('NFC')
}

/** What of a person stands in the text: the name with or without accents, the phone, any number of twelve digits. */
const personalIn = (log: string): readonly string[] => {
  const text = plainText(log)
  const folded = fold(text)
  return [
    ...people.filter(({ name }) => text.includes(name) || folded.includes(fold(name))).map(({ name }) => `name ${name}`),
    ...people.filter(({ phone }) => phone !== '' && text.includes(phone)).map(({ phone }) => `phone ${phone}`),
    ...[...text.matchAll(/(?<![0-9a-z])\d{12}(?![0-9a-z])/gi)].map(([number]) => `number ${number}`),
  ]
}

describe('the reader of the log', () => {
  it('finds names, phones and numbers, also escaped in an address or without accents', () => {
    const { name, number, phone } = personOf('congdan2')
    for (const line of [`{"q":"${name}"}`, `GET /mot-cua?tim-nguoi=${encodeURIComponent(name)}`, `GET /x?q=${fold(name).replaceAll(' ', '+')}`, `sent to ${phone}`, `{"number":"${number}"}`]) {
      expect(personalIn(line), line).toHaveLength(1)
    }
    expect(personalIn('{"traceId":"81cb2a2b1a3e1234","unit":"019b0000-0000-7000-8000-000000000000","code":"H57.12-20261122-0000007"}')).toEqual([])
  })

  it('knows everybody of the demo city', () => expect(people.filter(({ number }) => /^\d{12}$/.test(number)).length).toBeGreaterThan(500))
})

describe('the log of the program after all journeys', () => {
  if (programLog === undefined) {
    it('belongs to a program that ran before: nothing to read here', () => expect(process.env['E2E_BASE_URL']).toBe(baseUrl()))
    return
  }

  it('holds no name, no phone and no 12-digit number', async () => {
    const { name, number, phone } = personOf('congdan2')
    // A few more ways for a name to slip in: refused searches, wrong addresses, a wrong sign-in, a look-up that fails, a body that is no form.
    const desk = await open()
    await signIn(desk, 'motcua.thuanhoa')
    await seekApplicant(desk, '', name)
    await desk.goto(`/xu-ly?q=${number}`)
    await desk.goto(`/xu-ly/ho-so/${number}`)
    await desk.goto(`/thu-tuc/${encodeURIComponent(name)}`)
    await desk.goto(`/quan-tri/nhat-ky?nguoi=${phone}`)
    await desk.request.post('/mot-cua/nguoi-nop', { data: { name, personalNumber: number, phone } })
    const citizen = await open()
    await citizen.goto('/dang-nhap')
    await citizen.locator('[name=ten]').fill(phone)
    await citizen.locator('[name=mat-khau]').fill(name)
    await citizen.getByRole('button', { name: /^Đăng nhập/ }).click()
    await citizen.locator('.notice.late').waitFor()
    await citizen.goto('/tra-cuu')
    await citizen.locator('[name=ma]').fill(number)
    await citizen.locator('[name=ma-tra-cuu]').fill(phone.slice(-4))
    await citizen.getByRole('button', { name: 'Tra cứu' }).click()
    await citizen.locator('.notice.late').waitFor()

    const last = (await citizen.request.get('/tinh-han')).headers()['x-request-id'] ?? ''
    await expect.poll(() => readFile(programLog, 'utf8'), { timeout: 10_000, interval: 100 }).toContain(last)
    const log = await readFile(programLog, 'utf8')
    expect(log.match(/"msg":"request"/g)?.length ?? 0, 'requests of the journeys').toBeGreaterThan(10)
    const shown = personalIn(log)
    expect(shown).toEqual([])
  })
})
