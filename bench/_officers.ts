/** Sixteen officers who are really signed in, each with a cookie of their own, asking for pages over HTTP. */
import { Agent, request } from 'node:http'
import { DEMO_PASSWORD } from '#modules/organisation'

export const WARDS = ['thuanhoa', 'phuxuan', 'vyda', 'ancuu', 'kimlong', 'thuyxuan', 'huongan', 'duongno'] as const

export type Visitor = { readonly cookie: string; readonly csrf: string }
type Answer = { readonly status: number; readonly body: string; readonly cookies: readonly string[]; readonly location: string | undefined }

const agent = new Agent({ keepAlive: true, maxSockets: 64 })

export const send = (base: string, path: string, options: { readonly cookie?: string; readonly form?: Readonly<Record<string, string>>; readonly from?: string } = {}): Promise<Answer> =>
  new Promise((resolve, reject) => {
    const body = options.form === undefined ? undefined : new URLSearchParams(options.form).toString()
    const headers = {
      accept: 'text/html', 'accept-encoding': 'identity', ...(options.cookie !== undefined && { cookie: options.cookie }), ...(options.from !== undefined && { 'x-forwarded-for': options.from }),
      ...(body !== undefined && { 'content-type': 'application/x-www-form-urlencoded', 'content-length': String(Buffer.byteLength(body)) }),
    }
    const asked = request(base + path, { agent, method: body === undefined ? 'GET' : 'POST', headers }, (response) => {
      const chunks: Buffer[] = []
      response.on('data', (chunk: Buffer) => chunks.push(chunk))
      response.on('end', () => resolve({ status: response.statusCode ?? 0, body: Buffer.concat(chunks).toString(), location: response.headers.location, cookies: (response.headers['set-cookie'] ?? []).map((c) => c.split(';')[0]!) }))
    })
    asked.on('error', reject)
    asked.end(body)
  })

const merged = (cookies: readonly string[]): string => [...new Map(cookies.map((c) => [c.split('=')[0], c])).values()].join('; ')

/** A browser that has opened the page with the form. */
export const visit = async (base: string, path: string, from = '10.0.0.1'): Promise<Visitor> => {
  const page = await send(base, path, { from })
  return { cookie: merged(page.cookies), csrf: /name="_csrf" value="([^"]*)"/.exec(page.body)?.[1] ?? '' }
}

/** @throws Error when the name or password was not taken */
export const signIn = async (base: string, username: string, n: number): Promise<string> => {
  const from = `10.1.0.${n + 1}`
  const { cookie, csrf } = await visit(base, '/dang-nhap', from)
  const answer = await send(base, '/dang-nhap', { cookie, from, form: { _csrf: csrf, ten: username, 'mat-khau': DEMO_PASSWORD } })
  if (answer.status !== 303) throw new Error(`${username} could not sign in: ${answer.status}`)
  return merged([...cookie.split('; '), ...answer.cookies])
}
