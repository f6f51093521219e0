import { createHmac, randomBytes, timingSafeEqual } from 'node:crypto'

let secret: string | undefined
let factorKey: Buffer | undefined

/** Set once by `app/` when it starts, from the installation's secret; every process of an installation has the same. */
export const useSessionSecret = (installation: Buffer): void => {
  // A key of its own: what is signed for another purpose is never a session.
  secret = createHmac('sha256', installation).update('motcua session').digest('hex')
  factorKey = createHmac('sha256', installation).update('motcua second factor').digest()
}

/** Without a word from `app/` (tests, one-shot commands) one of this process: its sessions end with it. */
export const sessionSecret = (): string => (secret ??= randomBytes(32).toString('hex'))

/** 32 bytes: what secrets of second factors are locked with. */
export const secondFactorKey = (): Buffer => (factorKey ??= randomBytes(32))

/** better-auth signs `token.signature`, HMAC-SHA256 in base64. @returns the token, or undefined for a forged or mangled cookie */
export const tokenOfCookie = (cookie: string): string | undefined => {
  const dot = cookie.lastIndexOf('.')
  if (dot < 1 || cookie.length > 200) return undefined
  const token = cookie.slice(0, dot)
  const given = Buffer.from(cookie.slice(dot + 1), 'base64')
  const right = createHmac('sha256', sessionSecret()).update(token).digest()
  return given.length === right.length && timingSafeEqual(given, right) ? token : undefined
}
