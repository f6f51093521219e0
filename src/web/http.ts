/** What a page's handler is given and what it gives back. Routes are plain data, so that a test can walk all of them. */
import type { Context } from 'hono'
import type { Permission } from '#modules/access'
import type { Ctx, Instant } from '#platform/ctx.ts'
import { type Uuid, isUuid } from '#kernel/ids.ts'
import { tidy } from '#kernel/text.ts'
import { newId } from '#platform/ids.ts'
import type { Channel } from '#platform/messaging/provider.ts'

export type Lang = 'vi' | 'en'

/** The signed-in person as the header shows them. */
export type SignedIn = {
  readonly name: string
  /** `Chuyên viên · UBND phường Thuận Hóa`; empty for a citizen. */
  readonly title: string
  readonly isOfficer: boolean
  /** What the menus may show: computed once per request by the rule that also refuses. */
  readonly permissions: ReadonlySet<Permission>
  /** Those of them that a delegation for some procedures does not give. */
  readonly everywhere: ReadonlySet<Permission>
}

/** What every page needs to draw its frame. */
export type View = {
  readonly lang: Lang
  /** Path with query, for the language switch and the way back after sign-in. */
  readonly path: string
  readonly cityName: string
  readonly demo: boolean
  /** A demo city whose clock was moved forward: every page says so. */
  readonly simulatedNow?: Instant | undefined
  readonly signedIn: SignedIn | undefined
  /** Goes into a hidden field `_csrf` of every form: `<Form>` of `ui/` does it. */
  readonly csrf: string
  /** The request came from htmx and wants a fragment. */
  readonly fragment: boolean
}

export type Req = {
  readonly c: Context
  readonly ctx: Ctx
  readonly view: View
  /** The client's address, of IPv6 its /64 (a house has as many as it likes): for lockout, never for a log. */
  readonly address: string
  /** Where citizens reach this installation, without a slash at the end: PUBLIC_URL, else as this request came. For what is printed. */
  readonly publicUrl: string
  /** Ways by which this installation can send messages. */
  readonly channels: readonly Channel[]
}

/** 'public': anyone. 'signed-in': any account. A permission: whoever holds it in some post; the command checks the unit again. */
export type Access = 'public' | 'signed-in' | Permission

export type Route = {
  readonly method: 'GET' | 'POST' | 'PUT'
  /** Hono pattern, Vietnamese without accents: `/thu-tuc/:ma`. */
  readonly path: string
  readonly access: Access
  readonly handle: (req: Req) => Promise<Response> | Response
  /** Only under `npm run dev`. */
  readonly devOnly?: boolean
  /** Requests per minute and address, where the general limit is too generous. */
  readonly perMinute?: number
  /**
   * The page is the same for everybody who is not signed in, shows no token and reads nothing personal: it may be given again for this long.
   * Any write in this process forgets it at once.
   */
  readonly sharedSeconds?: number
  /** Brings files in a plain multipart form: such a body may be large. Only for who is signed in. */
  readonly takesFiles?: boolean
  /** A password stands in its form: never kept for later. */
  readonly takesSecrets?: boolean
  /** The body is read by the handler itself (uploads); such a route checks the CSRF header, not the field. */
  readonly rawBody?: boolean
}

type Html = unknown

export const html = (req: Req, body: Html, status: 200 | 403 | 404 | 409 | 422 | 429 | 500 | 503 = 200): Response | Promise<Response> =>
  req.c.html(`${req.view.fragment ? '' : '<!doctype html>'}${String(body)}`, status)

/** After a POST: 303, so that a reload does not send it again. */
export const seeOther = (req: Req, to: string): Response => req.c.redirect(to, 303)

/** Form fields by name, in NFC and tidied; repeated names keep every value. Files are left out. */
export class FormFields {
  readonly all: ReadonlyMap<string, readonly string[]>
  constructor(all: ReadonlyMap<string, readonly string[]>) {
    this.all = all
  }
  get(name: string): string {
    return this.all.get(name)?.[0] ?? ''
  }
  list(name: string): readonly string[] {
    return this.all.get(name) ?? []
  }
  /** As an object for Zod: single values as strings, repeated ones as arrays. */
  toObject(): Record<string, string | readonly string[]> {
    return Object.fromEntries([...this.all].map(([k, v]) => [k, v.length === 1 ? (v[0] ?? '') : v]))
  }
}

export const readForm = async (req: Req): Promise<FormFields> => {
  const body = await req.c.req.parseBody({ all: true })
  const fields = new Map<string, string[]>()
  for (const [name, value] of Object.entries(body)) {
    const values = (Array.isArray(value) ? value : [value]).filter((v): v is string => typeof v === 'string')
    // Text areas keep their line breaks.
    if (values.length > 0) fields.set(name, values.map((v) => (v.includes('\n') ? v.normalize('NFC').trim() : tidy(v))))
  }
  return new FormFields(fields)
}

/** The key of a form that is sent, or comes back with its faults at the fields; a fresh one for a form that is shown anew, and for one that brought none. */
export const submissionKeyOf = (req: Req, form?: FormFields): Uuid => {
  const key = form?.get('submissionKey') ?? ''
  return isUuid(key) ? key : newId(req.ctx.now)
}

/** The files chosen in a field, empty ones too: whoever chose one is told. A field without a choice sends one without a name. */
export const readFiles = async (req: Req, name: string): Promise<readonly File[]> => {
  const value = (await req.c.req.parseBody({ all: true }))[name]
  return (Array.isArray(value) ? value : [value]).filter((v): v is File => v instanceof File && (v.size > 0 || v.name !== ''))
}

/** A password, exactly as typed: tidying it would change it. */
export const readSecret = async (req: Req, name: string): Promise<string> => {
  const value = (await req.c.req.parseBody({ all: true }))[name]
  return typeof value === 'string' ? value : ''
}
