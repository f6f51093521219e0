import { z } from 'zod'
import { NotFound } from '#kernel/errors.ts'
import { type Uuid, isUuid } from '#kernel/ids.ts'
import { type Result, err } from '#kernel/result.ts'
import type { Ctx } from '#platform/ctx.ts'
import { inTx, sql } from '#platform/db/db.ts'
import { orRefused, refuse } from '#platform/refused.ts'
import { once } from '#platform/request.ts'
import { authorise } from './authorise.ts'
import { USERNAME } from './better-auth.ts'
import { openAccount } from './open-account.ts'
import { type WeakPassword, hashPassword, passwordWeakness } from './password.ts'

const Id = z.string().refine(isUuid, 'Mã không hợp lệ').transform((s) => s as Uuid)
const Username = z
  .string()
  .transform((s) => s.normalize('NFC').trim().toLowerCase())
  .pipe(z.string().min(2, 'Tên đăng nhập quá ngắn').max(60, 'Tên đăng nhập dài quá 60 ký tự').regex(USERNAME, 'Tên đăng nhập gồm chữ không dấu, số, dấu chấm, gạch nối'))

/** COMMAND. An account for a person who is registered already: user, credential and event in one transaction (decision 19). */
export const CreateAccount = z.object({
  submissionKey: Id,
  personId: Id,
  username: Username,
  password: z.string().max(500),
  mustChangePassword: z.boolean().default(true),
})
export type CreateAccount = z.infer<typeof CreateAccount>

export type AccountCreated = { readonly userId: Uuid }
export type AccountRefusal = WeakPassword | { readonly code: 'username-taken' } | { readonly code: 'already-disabled' } | { readonly code: 'already-enabled' }

/** @throws Forbidden without `account.manage`, NotFound when there is no such person */
export const createAccount = async (ctx: Ctx, input: CreateAccount): Promise<Result<AccountCreated, AccountRefusal>> => {
  const by = authorise(ctx, 'account.manage')
  const weak = passwordWeakness(input.password, input.username)
  if (weak !== undefined) return err(weak)
  const person = await sql`select 1 from organisation.pub_person where id = ${input.personId}`.execute(ctx.db)
  if (person.rows.length === 0) throw new NotFound(`person ${input.personId}`)
  // Before the transaction: hashing takes 25 ms.
  const hash = await hashPassword(input.password)
  const { personId, username, mustChangePassword } = input
  return orRefused(() =>
    inTx(ctx, (ctx) =>
      // The password stays out of what the key remembers: a digest of it would be a quick way to guess.
      once(ctx, { command: 'account.create', key: input.submissionKey, input: { personId, username, mustChangePassword } }, async () => {
        const userId = await openAccount(ctx, { personId, username, hash, mustChangePassword, ...(by && { postId: by.postId }) })
        return userId === undefined ? refuse<AccountRefusal>({ code: 'username-taken' }) : { userId }
      }),
    ),
  )
}
