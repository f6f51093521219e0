/** PURE. A financial obligation (domain.md §2.2, rows 4→6 and 6→4): the amount of a notice is due; when it is paid the dossier goes on by itself, with the same officer. */
import type { PauseEffect } from '#modules/process'
import { type PlainDate, dateOf } from '#kernel/plain-date.ts'
import { err, ok } from '#kernel/result.ts'
import { personal } from '#platform/log/private.ts'
import { type Reckoned, comeBack, pauseFrom, paused, resumeAt, unpaused, waitAt } from './clock.ts'
import { type Destination, type Moment, type Waiting, pass } from './custody.ts'
import { type EventOf, type Noun, plain } from './noun.ts'
import { whileProposed } from './supplement.ts'
import { duty } from './tracks.ts'

export type Notice = {
  /** In đồng. */
  readonly amount: number
  readonly noticeNumber: string
  readonly noticeOn: PlainDate
  readonly dueOn: PlainDate
}
/** `evidence`: number of the receipt, the transfer or the treasury's slip; personal, for it may name who paid. */
type Paid = Moment & { readonly paidOn: PlainDate; readonly evidence: string }
export type PaymentDuty = Notice & { readonly n: number; readonly asked: Moment; readonly paid: Paid | null }
export type PaymentDutyState = { readonly paymentDuties: readonly PaymentDuty[] }
export const NO_PAYMENT_DUTY = { paymentDuties: [] } as const satisfies PaymentDutyState

type Confirmed = Pick<Paid, 'paidOn' | 'evidence'>
export type PaymentDutyAct = ({ readonly action: 'request-payment' } & Notice) | ({ readonly action: 'confirm-payment' } & Confirmed)
export type PaymentDutyEvent =
  | EventOf<'dossier.payment-requested', Notice & { readonly document: string; readonly effect: PauseEffect; readonly clock: Reckoned; readonly to: Waiting }>
  | EventOf<'dossier.payment-confirmed', Confirmed & { readonly clock: Reckoned; readonly to: Destination }>

export type PaymentDutyRefused =
  | { readonly code: 'notice-in-future'; readonly noticeOn: PlainDate }
  | { readonly code: 'due-before-notice'; readonly dueOn: PlainDate }
  | { readonly code: 'paid-in-future'; readonly paidOn: PlainDate }
  | { readonly code: 'paid-before-notice'; readonly noticeOn: PlainDate }

export const paymentDuty: Noun<PaymentDutyAct, PaymentDutyEvent> = {
  rules: {
    'request-payment': { by: ['dossier.examine'], at: ['HANDLE'], hands: 'own', spent: whileProposed },
    'confirm-payment': { by: ['dossier.receive'], at: ['PAYMENT'], bringsBack: () => true },
  },
  decide: {
    'request-payment': (state, { amount, noticeNumber, noticeOn, dueOn }, facts) => {
      if (noticeOn > dateOf(facts.now)) return err({ code: 'notice-in-future', noticeOn })
      if (dueOn < noticeOn) return err({ code: 'due-before-notice', dueOn })
      const document = `Thông báo nghĩa vụ tài chính số ${noticeNumber}`
      const begun = pauseFrom(state, 'payment', document, facts)
      if (!begun.ok) return begun
      return ok([{ type: 'dossier.payment-requested', data: { amount, noticeNumber, noticeOn, dueOn, document, ...begun.value, to: waitAt('PAYMENT', state.deskId) } }])
    },
    'confirm-payment': (state, { paidOn, evidence }, facts) => {
      const { noticeOn } = duty(state)!
      if (paidOn > dateOf(facts.now)) return err({ code: 'paid-in-future', paidOn })
      if (paidOn < noticeOn) return err({ code: 'paid-before-notice', noticeOn })
      const clock = resumeAt(state, facts)
      return clock.ok ? ok([{ type: 'dossier.payment-confirmed', data: { paidOn, evidence, clock: clock.value, to: comeBack(state, clock.value.dueAt, facts) } }]) : clock
    },
  },
  evolve: {
    'dossier.payment-requested': (state, event) => {
      const { at, by } = event
      const { document, effect, clock, to, ...notice } = event.data
      return {
        ...paused(state, { at, by }, 'payment', document, { effect, clock }),
        status: 'awaiting-payment',
        paymentDuties: [...state.paymentDuties, { ...notice, n: state.paymentDuties.length + 1, asked: { at, by }, paid: null }],
        custody: pass(state.custody, event, 'request-payment', to, null),
      }
    },
    'dossier.payment-confirmed': (state, event) => {
      const { at, by } = event
      const { clock, to, ...confirmed } = event.data
      return {
        ...unpaused(state, at, clock),
        status: 'processing',
        paymentDuties: state.paymentDuties.map((d) => (d === duty(state) ? { ...d, paid: { ...confirmed, at, by } } : d)),
        custody: pass(state.custody, event, 'confirm-payment', to, null),
      }
    },
  },
  hide: {
    'dossier.payment-requested': plain,
    'dossier.payment-confirmed': (data) => ({ ...data, evidence: personal(data.evidence) }),
  },
  restore: {},
}
