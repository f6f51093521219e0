/** A browser without script, against the application in this process: keeps cookies, fills in the token of the form that it opened. */
type App = { readonly request: (path: string, init?: RequestInit) => Response | Promise<Response> }
export type Fields = Record<string, string | readonly string[]>
export type Chosen = Record<string, readonly File[]>

const headersOf = (address: string, jar: ReadonlyMap<string, string>) => ({ host: 'localhost', 'x-forwarded-for': address, cookie: [...jar].map(([k, v]) => `${k}=${v}`).join('; ') })

/** @returns visitors by address: each has cookies of its own */
export const newVisitor = (app: App) => (address: string) => {
  const jar = new Map<string, string>()
  const keep = (response: Response): Response => {
    for (const line of response.headers.getSetCookie()) {
      const [pair = ''] = line.split(';')
      const at = pair.indexOf('=')
      if (/max-age=0/i.test(line)) jar.delete(pair.slice(0, at))
      else jar.set(pair.slice(0, at), pair.slice(at + 1))
    }
    return response
  }
  const open = async (path: string) => keep(await app.request(path, { headers: headersOf(address, jar) }))
  const tokenOf = async (page: string) => /name="_csrf" value="([^"]+)"/.exec(await (await open(page)).text())?.[1] ?? ''
  /** @param page the page that shows the form, @param path where it is sent */
  const post = async (page: string, path: string, fields: Fields, headers: Record<string, string> = {}) => {
    const body = new URLSearchParams({ _csrf: await tokenOf(page) })
    for (const [name, values] of Object.entries(fields)) for (const value of typeof values === 'string' ? [values] : values) body.append(name, value)
    const text = body.toString()
    return keep(await app.request(path, { method: 'POST', body: text, headers: { ...headersOf(address, jar), 'content-type': 'application/x-www-form-urlencoded', 'content-length': String(Buffer.byteLength(text)), ...headers } }))
  }
  /** As a plain multipart form. */
  const send = async (page: string, path: string, fields: Fields, files: Chosen) => {
    const body = new FormData()
    body.append('_csrf', await tokenOf(page))
    for (const [name, values] of Object.entries(fields)) for (const value of typeof values === 'string' ? [values] : values) body.append(name, value)
    for (const [name, chosen] of Object.entries(files)) for (const file of chosen) body.append(name, file)
    const request = new Request(`http://localhost${path}`, { method: 'POST', body })
    const bytes = await request.arrayBuffer()
    return keep(await app.request(path, { method: 'POST', body: bytes, headers: { ...headersOf(address, jar), 'content-type': request.headers.get('content-type') ?? '', 'content-length': String(bytes.byteLength) } }))
  }
  const signIn = (username: string, password: string, back?: string) => post(`/dang-nhap${back === undefined ? '' : `?tiep=${encodeURIComponent(back)}`}`, '/dang-nhap', { ten: username, 'mat-khau': password, ...(back !== undefined && { tiep: back }) })
  return { open, post, send, signIn, jar }
}
