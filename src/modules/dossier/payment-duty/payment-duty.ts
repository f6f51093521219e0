import { z } from 'zod'
import { isPlainDate } from '#kernel/plain-date.ts'
import type { Result } from '#kernel/result.ts'
import type { Ctx } from '#platform/ctx.ts'
import { ActOn, type ActRefusal, type Acted, Line, act } from '../act.ts'

const Day = z.string().refine(isPlainDate)

/** COMMAND. What the notice says. `amount` in đồng. */
export const RequestPayment = ActOn.extend({ amount: z.int().min(1).max(9_999_999_999_999), noticeNumber: Line(60), noticeOn: Day, dueOn: Day })
export type RequestPayment = z.infer<typeof RequestPayment>

/** The dossier waits until it is paid. @throws Forbidden, NotFound, Stale */
export const requestPayment = (ctx: Ctx, input: RequestPayment): Promise<Result<Acted, ActRefusal>> =>
  act(ctx, 'dossier.examine', input, async () => ({ action: 'request-payment', amount: input.amount, noticeNumber: input.noticeNumber, noticeOn: input.noticeOn, dueOn: input.dueOn }))

/** COMMAND. `evidence`: number of the receipt, of the transfer, of the treasury's slip. */
export const ConfirmPayment = ActOn.extend({ paidOn: Day, evidence: Line(300) })
export type ConfirmPayment = z.infer<typeof ConfirmPayment>

/** Paid: the dossier goes on by itself, with the officer who had it. @throws Forbidden, NotFound, Stale */
export const confirmPayment = (ctx: Ctx, input: ConfirmPayment): Promise<Result<Acted, ActRefusal>> =>
  act(ctx, 'dossier.receive', input, async () => ({ action: 'confirm-payment', paidOn: input.paidOn, evidence: input.evidence }))
