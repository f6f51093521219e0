import { z } from 'zod'
import type { Uuid } from '#kernel/ids.ts'
import type { Result } from '#kernel/result.ts'
import type { Ctx } from '#platform/ctx.ts'
import { sql } from '#platform/db/db.ts'
import { refuse } from '#platform/refused.ts'
import { ActOn, type ActRefusal, type Acted, Line, act } from './act.ts'
import type { Act } from './lifecycle/lifecycle.ts'
import type { Recipient } from './lifecycle/results.ts'

const name = Line(200)
/** Number of the identity paper that was looked at. */
const idNumber = Line(30)
/** What was signed. */
const signature = Line(200)

/**
 * COMMAND. Who received it and what proves it (domain.md §2.2): at the counter the identity looked at and what was signed, of somebody else also the
 * authorisation shown; by post the number of the mail item; on line the moment of release to the account.
 */
export const ReturnResult = ActOn.extend({
  recipient: z.discriminatedUnion('kind', [
    z.object({ kind: z.literal('self'), name, idNumber, signature }),
    z.object({ kind: z.literal('authorised'), name, idNumber, signature, authorisation: Line(250) }),
    z.object({ kind: z.literal('postal'), name, tracking: Line(40) }),
    z.object({ kind: z.literal('electronic'), name }),
  ]),
})
export type ReturnResult = z.infer<typeof ReturnResult>

/** As it is kept: `signature` is the evidence in the words of the register. */
const kept = (given: ReturnResult['recipient']): Recipient => {
  switch (given.kind) {
    case 'self':
      return given
    case 'authorised':
      return { kind: given.kind, name: given.name, idNumber: given.idNumber, signature: `${given.signature}; ủy quyền: ${given.authorisation}` }
    case 'postal':
      return { kind: given.kind, name: given.name, idNumber: null, signature: `Bưu gửi số ${given.tracking}` }
    case 'electronic':
      return { kind: given.kind, name: given.name, idNumber: null, signature: 'Bản điện tử vào tài khoản' }
  }
}

/** Hands the result over. Never refused for being late, nor for a missing rating. @throws Forbidden, NotFound, Stale */
export const returnResult = (ctx: Ctx, input: ReturnResult): Promise<Result<Acted, ActRefusal>> => act(ctx, 'dossier.return', input, toReturn)

const toReturn = async (ctx: Ctx, input: ReturnResult): Promise<Extract<Act, { action: 'return' }>> => {
  if (input.recipient.kind === 'electronic' && !(await applicantHasAccount(ctx, input.dossierId))) refuse<ActRefusal>({ code: 'applicant-without-account' })
  return { action: 'return', recipient: kept(input.recipient) }
}

/** Whoever filed it on line reads the result after sign-in; an account that did not, only where an officer has seen whose it is. */
const applicantHasAccount = async (ctx: Ctx, dossierId: Uuid): Promise<boolean> => {
  const { rows } = await sql<{ known: boolean }>`
    select exists (select from access.pub_account a join dossier.dossier d on a.person_id in (d.applicant_id, d.submitter_id)
                    where d.id = ${dossierId} and a.disabled_at is null and ((d.channel = 'online' and a.person_id = coalesce(d.submitter_id, d.applicant_id)) or a.identity = 'checked')) as known`.execute(ctx.db)
  return rows[0]?.known === true
}
