/**
 * Who hands in during the crash test, as browsers do it: officers at a counter and citizens on their phones, each with cookies and the tokens of the
 * forms, from an address of their own. Whoever got no answer asks again with the same key.
 */
import { setTimeout as sleep } from 'node:timers/promises'
import { expect } from 'vitest'
import { DEMO_PASSWORD } from '#modules/organisation'

/** One that a client wants filed. `ahead`: with script the file goes ahead; without, it comes with the form, again with every attempt. */
export type Wish = {
  readonly key: string
  readonly pdf: Buffer
  readonly digest: string
  readonly ahead: boolean
  /** The address it is sent from: limits per minute are not what is tested here. */
  readonly address: string
  /** Where a citizen's draft is. */
  draft?: string
  uploadId?: string
  dossierId?: string
  attempts: number
}

/** Where the program is, and what to do about a request that brought no answer. */
export type Target = {
  readonly base: string
  /** Resolved when the program is meant to be up again. */
  readonly up: () => Promise<void>
  readonly inFlight: Set<Wish>
}

export type Client = {
  readonly kind: 'counter' | 'online'
  readonly cookies: Map<string, string>
  csrf: string
  form: Readonly<Record<string, string>>
  address: string
}
/** A test of its own makes sure that a wish is filed once only: this one says which dossier it became. */
export type File = (client: Client, wanted: Wish, onCut: () => void) => Promise<string>

const PROCEDURE = '1.004873'
const blobOf = (wanted: Wish): Blob => new Blob([new Uint8Array(wanted.pdf)])
const nameOf = (wanted: Wish): string => `${wanted.key}.pdf`

const attribute = (input: string): string => /value="([^"]*)"/.exec(input)?.[1] ?? ''
/** The value that the page gives a field: hidden, or the button of a group that is pressed. */
const field = (page: string, name: string): string => {
  const inputs = (page.match(/<input[^>]*>/g) ?? []).filter((input) => input.includes(`name="${name}"`))
  return attribute(inputs.find((one) => one.includes('checked')) ?? inputs.find((one) => one.includes('"hidden"')) ?? '')
}
const typed = (page: string, name: string): string => attribute((page.match(/<input[^>]*>/g) ?? []).find((input) => input.includes(`name="${name}"`)) ?? '')

export const clientsOf = (target: Target) => {
  const ask = async (client: Client, path: string, init: RequestInit = {}): Promise<Response> => {
    const cookie = [...client.cookies].map(([name, value]) => `${name}=${value}`).join('; ')
    const headers = { ...init.headers, cookie, 'x-forwarded-for': client.address }
    const answer = await fetch(`${target.base}${path}`, { ...init, redirect: 'manual', headers, signal: AbortSignal.timeout(30_000) })
    for (const line of answer.headers.getSetCookie()) {
      const [name = '', value = ''] = (line.split(';')[0] ?? '').split(/=(.*)/s)
      client.cookies.set(name, value)
    }
    return answer
  }

  /** Until it is answered: a dropped line and a 5xx say nothing about whether it was done. `onCut` is told of each. */
  const persistently = async (request: () => Promise<Response>, onCut: () => void = () => undefined): Promise<Response> => {
    for (;;) {
      const answer = await request().catch(() => undefined)
      if (answer?.status === 429) await sleep(1_000)
      else if (answer !== undefined && answer.status < 500) return answer
      else {
        onCut()
        await target.up()
      }
    }
  }

  const signedIn = async (kind: Client['kind'], username: string, address: string): Promise<Client> => {
    const client: Client = { kind, cookies: new Map(), form: {}, csrf: '', address }
    const page = await (await ask(client, '/dang-nhap')).text()
    const body = new URLSearchParams({ _csrf: field(page, '_csrf'), ten: username, 'mat-khau': DEMO_PASSWORD })
    const answer = await ask(client, '/dang-nhap', { method: 'POST', body })
    expect(answer.status).toBe(303)
    return client
  }

  /** An officer, with the page where the desk receives. */
  const atCounter = async (applicantId: string, address: string): Promise<Client> => {
    const client = await signedIn('counter', 'motcua.thuanhoa', address)
    const intake = await (await ask(client, `/mot-cua?thu-tuc=${PROCEDURE}&nguoi-nop=${applicantId}`)).text()
    client.form = Object.fromEntries(['thu-tuc', 'nguoi-nop', 'ban-quyet-dinh', 'dong'].map((name) => [name, field(intake, name)]))
    client.csrf = field(intake, '_csrf')
    expect(Object.values(client.form)).not.toContain('')
    return client
  }

  /** A citizen, with the ward that takes it and the answers of the form; who they are, the program fills in. */
  const onPhone = async (username: string, address: string): Promise<Client> => {
    const client = await signedIn('online', username, address)
    const start = await (await ask(client, `/nop-ho-so/${PROCEDURE}`)).text()
    const ward = /<option value="([0-9a-f-]{36})"[^>]*>Phường Thuận Hóa/.exec(start)?.[1] ?? ''
    client.csrf = field(start, '_csrf')
    client.form = { 'noi-nop': ward, dong: field(start, 'dong') }
    expect(Object.values(client.form)).not.toContain('')
    return client
  }

  const upload = async (client: Client, wanted: Wish): Promise<string> => {
    const answer = await persistently(() => {
      const body = new FormData()
      body.set('file', blobOf(wanted), nameOf(wanted))
      return ask(client, '/tai-len', { method: 'POST', body, headers: { 'x-csrf-token': client.csrf } })
    })
    const text = await answer.text()
    expect([answer.status, text]).toEqual([201, expect.stringContaining('"done":true')])
    return (JSON.parse(text) as { id: string }).id
  }

  /** One attempt at filing. */
  const attempt = async (wanted: Wish, request: () => Promise<Response>): Promise<Response> => {
    wanted.attempts += 1
    target.inFlight.add(wanted)
    try {
      return await request()
    } finally {
      target.inFlight.delete(wanted)
    }
  }

  const idIn = async (answer: Response, pattern: RegExp, wanted: Wish): Promise<string> => {
    const id = pattern.exec(answer.headers.get('location') ?? '')?.[1]
    if (answer.status !== 303 || id === undefined) throw new Error(`attempt ${wanted.attempts} of ${wanted.key}: ${answer.status} ${answer.headers.get('location') ?? ''} ${/<h1[^>]*>[^<]*/.exec(await answer.text())?.[0] ?? ''}`)
    return id
  }

  const receive: File = async (client, wanted, onCut) => {
    if (wanted.ahead) wanted.uploadId ??= await upload(client, wanted)
    const send = () => {
      const body = new FormData()
      const fields = { ...client.form, _csrf: client.csrf, submissionKey: wanted.key, 'tra-ket-qua': 'counter', 'so-bo': '1' }
      for (const [name, value] of Object.entries(fields)) body.set(name, value)
      if (wanted.uploadId === undefined) body.set('tep-0', blobOf(wanted), nameOf(wanted))
      else body.set('da-gui-0', wanted.uploadId)
      return ask(client, '/mot-cua', { method: 'POST', body })
    }
    const answer = await persistently(() => attempt(wanted, send), onCut)
    return idIn(answer, /^\/mot-cua\/ho-so\/([0-9a-f-]{36})$/, wanted)
  }

  const post = (client: Client, path: string, fields: Readonly<Record<string, string>>) =>
    persistently(() => ask(client, path, { method: 'POST', body: new URLSearchParams({ ...fields, _csrf: client.csrf }) }))

  /** Place, form and papers: all of it kept on the server, each step repeated until it is answered. @returns the draft's address */
  const draft = async (client: Client, wanted: Wish): Promise<string> => {
    const begun = await post(client, `/nop-ho-so/${PROCEDURE}`, client.form)
    const address = (begun.headers.get('location') ?? '').replace('/to-khai', '')
    const page = await (await persistently(() => ask(client, `${address}/to-khai`))).text()
    const known = Object.fromEntries(['fullName', 'dateOfBirth', 'personalId', 'phone'].map((name) => [`requester.${name}`, typed(page, `requester.${name}`)]))
    const answers = { ...known, 'requester.hasNumber': 'yes', 'requester.relation': 'self', 'status.maritalStatus': '2', 'status.severalPlaces': 'no', 'purpose.purpose': 'loan', 'purpose.copyCount': '1', 'purpose.reissue': 'no', declaration: 'on' }
    const filled = await post(client, `${address}/to-khai`, { ...answers, viec: 'tiep' })
    expect([filled.status, filled.headers.get('location')], /class="error-summary[\s\S]{0,400}/.exec(await filled.text())?.[0]).toEqual([303, `${address}/giay-to`])
    if (wanted.ahead) wanted.uploadId ??= await upload(client, wanted)
    const papers = await persistently(() => {
      const body = new FormData()
      for (const [name, value] of Object.entries({ _csrf: client.csrf, viec: 'tiep', 'nhan-ket-qua': 'counter' })) body.set(name, value)
      if (wanted.uploadId === undefined) body.set('tep-0', blobOf(wanted), nameOf(wanted))
      else body.set('da-gui-0', wanted.uploadId)
      return ask(client, `${address}/giay-to`, { method: 'POST', body })
    })
    expect([papers.status, papers.headers.get('location')]).toEqual([303, `${address}/xem-lai`])
    return address
  }

  /** The key is the draft's: pressing again after a lost answer ends at the same dossier. */
  const submit: File = async (client, wanted, onCut) => {
    client.address = wanted.address
    wanted.draft ??= await draft(client, wanted)
    const path = `${wanted.draft}/xem-lai`
    const answer = await persistently(() => attempt(wanted, () => ask(client, path, { method: 'POST', body: new URLSearchParams({ _csrf: client.csrf }) })), onCut)
    return idIn(answer, /^\/nop-ho-so\/xong\/([0-9a-f-]{36})$/, wanted)
  }

  /** Whichever door the client stands at. */
  const file: File = (client, wanted, onCut) => (client.kind === 'counter' ? receive : submit)(client, wanted, onCut)

  /** What its desk, or its owner, gets back of a file. */
  const openFile = async (client: Client, wanted: Wish, fileId: string): Promise<Buffer> => {
    const at = client.kind === 'counter' ? '/mot-cua/ho-so' : '/tai-khoan/ho-so'
    const answer = await ask(client, `${at}/${wanted.dossierId}/tep/${fileId}`)
    expect(answer.status).toBe(200)
    return Buffer.from(await answer.arrayBuffer())
  }

  return { atCounter, onPhone, file, openFile }
}
