/**
 * Who makes accounts for numbers that are not theirs is slowed down like who guesses passwords (decision 19): 5 refusals a number and 20 tries an
 * address within 15 minutes. An address counts successes too: nobody fills the register from one machine.
 */
import type { Ctx } from '#platform/ctx.ts'
import { sha256Hex } from '#kernel/digest.ts'
import { ACCOUNT_LIMIT, ADDRESS_LIMIT, type Attempt, type Locked, countAttempt, failAttempt, forgiveAttempt } from './lockout.ts'

export type SignUpTry = { readonly number: Attempt; readonly address: Attempt }

/** Counts one try before anything is looked at. @param number the twelve digits, @param address of the connection */
export const countSignUp = async (ctx: Ctx, number: string, address: string): Promise<SignUpTry | Locked> => {
  const byAddress = await countAttempt(ctx, `sign-up-address:${sha256Hex(address)}`, ADDRESS_LIMIT)
  if ('until' in byAddress) return byAddress
  const byNumber = await countAttempt(ctx, `sign-up:${sha256Hex(number)}`, ACCOUNT_LIMIT)
  return 'until' in byNumber ? byNumber : { number: byNumber, address: byAddress }
}

/** It was refused. @returns the lock that this try brought about */
export const failSignUp = async (ctx: Ctx, tried: SignUpTry): Promise<Locked | undefined> => {
  const byAddress = await failAttempt(ctx, tried.address)
  return (await failAttempt(ctx, tried.number)) ?? byAddress
}

export const forgiveSignUp = (ctx: Ctx, tried: SignUpTry): Promise<void> => forgiveAttempt(ctx, tried.number.key)
