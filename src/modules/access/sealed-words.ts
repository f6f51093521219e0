/**
 * Words that may not stand in an address (a name, a phone, a personal number) made into a token that may: sealed with AES-256-GCM for this user and
 * some hours. Nothing is stored; in a log, a history or somebody else's hands it says nothing.
 */
import { createCipheriv, createDecipheriv, createHash, randomBytes } from 'node:crypto'
import type { Ctx } from '#platform/ctx.ts'
import { sessionSecret } from './session-secret.ts'

const GOOD_MS = 12 * 3_600_000
const [NONCE, TAG] = [12, 16]

const key = (): Buffer => createHash('sha256').update(`motcua sealed words ${sessionSecret()}`).digest()
const owner = (ctx: Ctx): string => (ctx.actor.kind === 'person' ? ctx.actor.userId : ctx.actor.kind)

export const sealWords = (ctx: Ctx, words: string): string => sealWordsFor(ctx, owner(ctx), words)

/** For a user who is not signed in just now: only they can open it. */
export const sealWordsFor = (ctx: Ctx, userId: string, words: string): string => {
  const nonce = randomBytes(NONCE)
  const cipher = createCipheriv('aes-256-gcm', key(), nonce).setAAD(Buffer.from(userId))
  const text = Buffer.concat([cipher.update(`${ctx.now} ${words}`, 'utf8'), cipher.final()])
  return Buffer.concat([nonce, cipher.getAuthTag(), text]).toString('base64url')
}

/** Undefined for a token that is mangled, another's or too old. @param most bytes: what comes from an address is short */
export const openWords = (ctx: Ctx, token: string, most = 2_000): string | undefined => {
  const bytes = Buffer.from(token, 'base64url')
  if (bytes.length <= NONCE + TAG || bytes.length > most) return undefined
  try {
    const decipher = createDecipheriv('aes-256-gcm', key(), bytes.subarray(0, NONCE)).setAAD(Buffer.from(owner(ctx))).setAuthTag(bytes.subarray(NONCE, NONCE + TAG))
    const text = Buffer.concat([decipher.update(bytes.subarray(NONCE + TAG)), decipher.final()]).toString('utf8')
    const blank = text.indexOf(' ')
    return ctx.now - Number(text.slice(0, blank)) > GOOD_MS ? undefined : text.slice(blank + 1)
  } catch {
    return undefined
  }
}
