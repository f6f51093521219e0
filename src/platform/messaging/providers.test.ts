/** Mail servers and gateways as they answer: what is taken, what comes again, what never will. Each is a small real server. */
import { type Server as HttpServer, type IncomingMessage, type ServerResponse, createServer as createHttpServer } from 'node:http'
import { type AddressInfo, type Server, createServer } from 'node:net'
import { text } from 'node:stream/consumers'
import { afterEach, describe, expect, it } from 'vitest'
import { uuid } from '#kernel/ids.ts'
import { gatewayProvider } from './gateway-provider.ts'
import type { Outgoing } from './provider.ts'
import { smtpProvider } from './smtp-provider.ts'

const ID = uuid('019b0000-0000-7000-8000-000000000001')
const MAIL: Outgoing = { id: ID, channel: 'email', to: 'dieu@example.vn', subject: 'Hồ sơ đã được tiếp nhận', text: 'Kính gửi Đặng Dũng,\n.\nHẹn trả 17:30.' }
const SMS: Outgoing = { id: ID, channel: 'sms', to: '0905123456', subject: '', text: 'Ho so da tiep nhan' }

const servers: (Server | HttpServer)[] = []
afterEach(() => servers.splice(0).forEach((server) => server.close()))
const portOf = async (server: Server | HttpServer): Promise<number> => {
  servers.push(server)
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  return (server.address() as AddressInfo).port
}

/** Speaks as much SMTP as a client needs. @param answers by verb, instead of the usual ones */
const mailServer = async (answers: Readonly<Record<string, string>> = {}) => {
  const mails: string[] = []
  const port = await portOf(
    createServer((socket) => {
      let data: string | undefined
      let rest = ''
      socket.on('error', () => undefined)
      socket.write('220 mail.example.vn ESMTP\r\n')
      socket.on('data', (chunk) => {
        rest += chunk.toString()
        for (let at = rest.indexOf('\r\n'); at >= 0; at = rest.indexOf('\r\n')) {
          const line = rest.slice(0, at)
          rest = rest.slice(at + 2)
          if (data !== undefined) {
            if (line !== '.') data += `${line}\n`
            else {
              mails.push(data)
              data = undefined
              socket.write(`${answers['.'] ?? '250 taken'}\r\n`)
            }
            continue
          }
          const verb = line.slice(0, 4).toUpperCase()
          const usual: Record<string, string> = { EHLO: '250 mail.example.vn', MAIL: '250 ok', RCPT: '250 ok', DATA: '354 go on', QUIT: '221 bye' }
          const answer = answers[verb] ?? usual[verb] ?? '502 no'
          if (verb === 'DATA' && answer.startsWith('354')) data = ''
          socket.write(`${answer}\r\n`)
        }
      })
    }),
  )
  return { mails, send: (mail: Outgoing = MAIL) => smtpProvider(`smtp://127.0.0.1:${port}`, 'Một Cửa Huế <khong-tra-loi@motcua.example.vn>').send(mail) }
}

describe('e-mail by SMTP', () => {
  it('goes out with the delivery’s id, as sent by a machine, its text whole', async () => {
    const { mails, send } = await mailServer()
    expect(await send()).toEqual({ outcome: 'accepted', as: `<${ID}@motcua.example.vn>` })
    const [mail = ''] = mails
    expect(mail).toContain(`Message-ID: <${ID}@motcua.example.vn>`)
    expect(mail).toContain('Auto-Submitted: auto-generated')
    expect(mail).toMatch(/From: =\?UTF-8\?[\s\S]*?<khong-tra-loi@motcua\.example\.vn>/)
    expect(mail).toContain('To: dieu@example.vn')
    const body = mail.slice(mail.indexOf('\n\n')).trim()
    const decoded = /base64/i.test(mail) ? Buffer.from(body, 'base64').toString() : Buffer.from(body.replace(/=\n/g, '').replace(/=([0-9A-F]{2})/g, (_, hex: string) => String.fromCharCode(Number.parseInt(hex, 16))), 'latin1').toString()
    expect(decoded).toContain('Kính gửi Đặng Dũng')
    expect(decoded).toContain('Hẹn trả 17:30.')
  })

  it.each([
    [{ RCPT: '550 no such user dieu@example.vn' }, { outcome: 'refused', reason: 'smtp-550' }],
    [{ RCPT: '451 greylisted, come again' }, { outcome: 'retry', reason: 'smtp-451' }],
    [{ MAIL: '530 sign in first' }, { outcome: 'retry', reason: 'smtp-530' }],
    [{ '.': '552 too much mail' }, { outcome: 'refused', reason: 'smtp-552' }],
    [{ '.': '421 closing' }, { outcome: 'retry', reason: 'smtp-421' }],
  ])('%j → %j; the server’s sentence, which may name the address, goes no further', async (answers, outcome) => {
    expect(await (await mailServer(answers)).send()).toEqual(outcome)
  })

  it('an address that is none is refused, a server that is not there is tried again', async () => {
    expect(await (await mailServer()).send({ ...MAIL, to: '' })).toEqual({ outcome: 'refused', reason: 'bad-address' })
    expect(await smtpProvider('smtp://127.0.0.1:1', 'x@example.vn').send(MAIL)).toEqual({ outcome: 'retry', reason: 'unreachable' })
  })

  it('a subject cannot write headers of its own', async () => {
    const { mails, send } = await mailServer()
    await send({ ...MAIL, subject: 'Hồ sơ\r\nBcc: ai.do@example.vn' })
    expect(mails[0]?.slice(0, mails[0].indexOf('\n\n'))).not.toMatch(/^Bcc:/m)
  })
})

const gateway = async (status: number, answer: string) => {
  const asked: { headers: Record<string, unknown>; body: unknown }[] = []
  const reply = async (request: IncomingMessage, response: ServerResponse): Promise<void> => {
    asked.push({ headers: request.headers, body: JSON.parse(await text(request)) })
    response.writeHead(status, status === 302 ? { location: 'http://127.0.0.1:1/' } : {}).end(answer)
  }
  const port = await portOf(
    createHttpServer((request, response) => void reply(request, response)),
  )
  return { asked, send: () => gatewayProvider(`http://mot%20cua:b%C3%AD@127.0.0.1:${port}/messages`).send(SMS) }
}

describe('SMS and app messages by a gateway', () => {
  it('are posted once by id, with the credentials of the address and not in it', async () => {
    const { asked, send } = await gateway(202, '{"id":"vnpt-77"}')
    expect(await send()).toEqual({ outcome: 'accepted', as: 'vnpt-77' })
    expect(asked[0]?.body).toEqual({ id: ID, channel: 'sms', to: '0905123456', subject: '', text: 'Ho so da tiep nhan' })
    expect(asked[0]?.headers).toMatchObject({ 'idempotency-key': ID, authorization: `Basic ${Buffer.from('mot cua:bí').toString('base64')}` })
  })

  it.each([
    [200, 'no JSON', { outcome: 'accepted', as: ID }],
    [400, '{"error":"no such number 0905123456"}', { outcome: 'refused', reason: 'http-400' }],
    [422, '', { outcome: 'refused', reason: 'http-422' }],
    [401, '', { outcome: 'retry', reason: 'http-401' }],
    [429, '', { outcome: 'retry', reason: 'http-429' }],
    [503, '', { outcome: 'retry', reason: 'http-503' }],
    [302, '', { outcome: 'retry', reason: 'unreachable' }],
  ])('%i %s → %j', async (status, answer, outcome) => {
    expect(await (await gateway(status, answer)).send()).toEqual(outcome)
  })

  it('a gateway that is not there is asked again later', async () => {
    expect(await gatewayProvider('http://127.0.0.1:1/').send(SMS)).toEqual({ outcome: 'retry', reason: 'unreachable' })
  })
})
