/** The second factor: set up by whoever it protects, asked after the password, reset by the administrator (decision 19; docs/decisions/0006). */
import { createCipheriv, createDecipheriv, createHmac, randomBytes } from 'node:crypto'
import { Forbidden } from '#kernel/errors.ts'
import type { Uuid } from '#kernel/ids.ts'
import { type Instant } from '#kernel/plain-date.ts'
import { type Result, err, ok } from '#kernel/result.ts'
import type { Ctx } from '#platform/ctx.ts'
import { inTx, sql } from '#platform/db/db.ts'
import { recordAccess } from '#platform/log/access.ts'
import { recordChange } from './change-account.ts'
import { endSessionsOf, loadAccount } from './account-store.ts'
import { authorise } from './authorise.ts'
import { type Session, findSession } from './find-session.ts'
import { ACCOUNT_LIMIT, accountKey, countAttempt, failAttempt, forgiveAttempt } from './lockout.ts'
import { secondFactorKey } from './session-secret.ts'
import { matchingStep } from './totp.ts'

const SECRET_BYTES = 20
const BACKUP_CODES = 8

export type FactorRefusal = { readonly code: 'wrong-code' } | { readonly code: 'locked'; readonly until: Instant } | { readonly code: 'not-begun' } | { readonly code: 'factor-already-set' }

const self = (ctx: Ctx): Uuid => {
  if (ctx.actor.kind !== 'person') throw new Forbidden('signed-in')
  return ctx.actor.userId
}

const lock = (secret: Uint8Array): Buffer => {
  const iv = randomBytes(12)
  const cipher = createCipheriv('aes-256-gcm', secondFactorKey(), iv)
  return Buffer.concat([iv, cipher.update(secret), cipher.final(), cipher.getAuthTag()])
}
const unlock = (locked: Buffer): Buffer => {
  const decipher = createDecipheriv('aes-256-gcm', secondFactorKey(), locked.subarray(0, 12))
  decipher.setAuthTag(locked.subarray(-16))
  return Buffer.concat([decipher.update(locked.subarray(12, -16)), decipher.final()])
}

type Kept = { readonly secret: Buffer; readonly confirmed: boolean; readonly lastStep: number; readonly backup: readonly string[]; readonly username: string }

const findFactor = async (ctx: Ctx, userId: Uuid, forUpdate: boolean): Promise<Kept | undefined> => {
  const { rows } = await sql<Kept>`
    select f.secret, f.confirmed_at is not null as confirmed, f.last_step as "lastStep", f.backup, u.username
      from access.second_factor f join access.user u on u.id = f.user_id where f.user_id = ${userId} ${forUpdate ? sql`for update of f` : sql``}`.execute(ctx.db)
  return rows[0]
}

/** COMMAND. A secret to be read by the authenticator app; called again before it is confirmed, the same one. Outside the log, like every credential. @throws Forbidden */
export const beginSecondFactor = async (ctx: Ctx): Promise<Result<{ readonly secret: Buffer; readonly username: string }, FactorRefusal>> => {
  const userId = self(ctx)
  await sql`
    insert into access.second_factor (user_id, secret, begun_at) values (${userId}, ${lock(randomBytes(SECRET_BYTES))}, ${new Date(ctx.now).toISOString()}::timestamptz)
    on conflict (user_id) do nothing`.execute(ctx.db)
  const kept = await findFactor(ctx, userId, false)
  if (kept === undefined) return err({ code: 'not-begun' })
  return kept.confirmed ? err({ code: 'factor-already-set' }) : ok({ secret: unlock(kept.secret), username: kept.username })
}

/** COMMAND. The first right code sets it: other sessions end, this one counts as given. @returns backup codes, shown this once. @throws Forbidden */
export const confirmSecondFactor = async (ctx: Ctx, input: { readonly code: string; readonly sessionId: Uuid }): Promise<Result<{ readonly backupCodes: readonly string[] }, FactorRefusal>> => {
  const userId = self(ctx)
  const kept = await findFactor(ctx, userId, false)
  if (kept === undefined) return err({ code: 'not-begun' })
  if (kept.confirmed) return err({ code: 'factor-already-set' })
  const checked = await checked6(ctx, kept, input.code)
  if (!checked.ok) return checked
  const backupCodes = Array.from({ length: BACKUP_CODES }, newBackupCode)
  await inTx(ctx, async (ctx) => {
    await sql`
      update access.second_factor set confirmed_at = ${new Date(ctx.now).toISOString()}::timestamptz, last_step = ${checked.value}, backup = ${backupCodes.map(digestOf)}::text[]
       where user_id = ${userId}`.execute(ctx.db)
    await markGiven(ctx, input.sessionId)
    await recordChange(ctx, undefined, await loadAccount(ctx, userId), { type: 'account.second-factor-set', data: {} })
    await endSessionsOf(ctx, userId, input.sessionId)
  })
  return ok({ backupCodes })
}

/** COMMAND, for a session that has only the password behind it: the code of the app, or a backup code, which is used up. Wrong ones count as failed sign-ins. */
export const giveSecondFactor = async (ctx: Ctx, input: { readonly cookie: string; readonly code: string }): Promise<Result<{ readonly session: Session }, FactorRefusal>> => {
  const waiting = await findSession(ctx, input.cookie)
  if (waiting === undefined || !waiting.awaitsCode) throw new Forbidden('signed-in')
  const kept = await findFactor(ctx, waiting.userId, false)
  if (kept === undefined) throw new Forbidden('signed-in')
  const code = input.code.replace(/[\s-]/g, '').toUpperCase()
  const given = /^\d{6}$/.test(code) ? await checked6(ctx, kept, code) : await useBackupCode(ctx, waiting.userId, kept, code)
  if (!given.ok) {
    recordAccess(ctx, { kind: 'sign-in-failed', subject: `account:${waiting.userId}` })
    return given
  }
  await inTx(ctx, async (ctx) => {
    if (given.value > 0) {
      // Two that bring the same code at the same moment: the second is late.
      const { numAffectedRows } = await sql`update access.second_factor set last_step = ${given.value} where user_id = ${waiting.userId} and last_step < ${given.value}`.execute(ctx.db)
      if (numAffectedRows !== 1n) throw new Forbidden('signed-in')
    }
    await markGiven(ctx, waiting.sessionId)
  })
  recordAccess(ctx, { kind: 'sign-in', userId: waiting.userId, personId: waiting.personId })
  return ok({ session: { ...waiting, awaitsCode: false } })
}

/** COMMAND. Whoever lost phone and backup codes comes in by the password again, and sets up a new one. @throws Forbidden without `account.manage`, NotFound */
export const resetSecondFactor = async (ctx: Ctx, userId: Uuid): Promise<{ readonly removed: boolean }> => {
  const by = authorise(ctx, 'account.manage')
  return inTx(ctx, async (ctx) => {
    const account = await loadAccount(ctx, userId)
    const { numAffectedRows } = await sql`delete from access.second_factor where user_id = ${userId}`.execute(ctx.db)
    if (numAffectedRows !== 1n) return { removed: false }
    await recordChange(ctx, by?.postId, account, { type: 'account.second-factor-reset', data: {} })
    await endSessionsOf(ctx, userId)
    return { removed: true }
  })
}

const markGiven = async (ctx: Ctx, sessionId: Uuid): Promise<void> => {
  await sql`update access.session set code_given_at = ${new Date(ctx.now).toISOString()}::timestamptz where id = ${sessionId}`.execute(ctx.db)
}

/** @returns the half-minute of the code */
const checked6 = async (ctx: Ctx, kept: Kept, code: string): Promise<Result<number, FactorRefusal>> => {
  const attempt = await countAttempt(ctx, accountKey(kept.username), ACCOUNT_LIMIT)
  if ('until' in attempt) return err({ code: 'locked', until: attempt.until })
  const step = matchingStep(unlock(kept.secret), code, ctx.now, kept.lastStep)
  if (step === undefined) {
    const locked = await failAttempt(ctx, attempt)
    return err(locked === undefined ? { code: 'wrong-code' } : { code: 'locked', until: locked.until })
  }
  await forgiveAttempt(ctx, attempt.key)
  return ok(step)
}

/** @returns 0: no half-minute belongs to it */
const useBackupCode = async (ctx: Ctx, userId: Uuid, kept: Kept, code: string): Promise<Result<number, FactorRefusal>> => {
  const attempt = await countAttempt(ctx, accountKey(kept.username), ACCOUNT_LIMIT)
  if ('until' in attempt) return err({ code: 'locked', until: attempt.until })
  const { numAffectedRows } = await sql`
    update access.second_factor set backup = array_remove(backup, ${digestOf(code)}) where user_id = ${userId} and ${digestOf(code)} = any(backup)`.execute(ctx.db)
  if (numAffectedRows !== 1n) {
    const locked = await failAttempt(ctx, attempt)
    return err(locked === undefined ? { code: 'wrong-code' } : { code: 'locked', until: locked.until })
  }
  await forgiveAttempt(ctx, attempt.key)
  return ok(0)
}

/** No 0/O, 1/I: it is read off paper. Letters first, so that it is never taken for a code of the app. */
const SIGNS = 'ABCDEFGHJKLMNPQRSTUVWXYZ23456789'
const newBackupCode = (): string => {
  const signs = [...randomBytes(10)].map((byte, i) => SIGNS[i === 0 ? byte % 23 : byte % SIGNS.length])
  return `${signs.slice(0, 5).join('')}-${signs.slice(5).join('')}`
}
const digestOf = (code: string): string => createHmac('sha256', secondFactorKey()).update(code.replace(/[\s-]/g, '').toUpperCase()).digest('hex')
