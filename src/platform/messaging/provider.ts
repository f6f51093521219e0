/** Whoever carries messages out of the house: a mail server, an SMS gateway, an app. Real ones and the simulator keep the same promise. */
import type { Uuid } from '#kernel/ids.ts'

export const CHANNELS = ['email', 'sms', 'app'] as const
export type Channel = (typeof CHANNELS)[number]

export type Outgoing = {
  /** The same at every attempt: whoever was asked before and has taken it shall not send it twice. */
  readonly id: Uuid
  readonly channel: Channel
  /** An e-mail address, a phone number of ten digits, the id of an account. Personal: never into a log. */
  readonly to: string
  /** Empty for an SMS. */
  readonly subject: string
  readonly text: string
}

/** `reason`: a fixed word (`smtp-451`, `http-503`, `unreachable`), never the other side's sentence, which may name the address. */
export type Outcome =
  | { readonly outcome: 'accepted'; readonly as: string }
  /** Not now; it is tried again later. */
  | { readonly outcome: 'retry'; readonly reason: string }
  /** Never: no such address, not allowed. */
  | { readonly outcome: 'refused'; readonly reason: string }

export type Provider = {
  /** For the administrator: `smtp`, `gateway`, `simulator`. */
  readonly name: string
  /** Does not throw for what the other side says; what it throws counts as `retry`. */
  readonly send: (message: Outgoing) => Promise<Outcome>
}

/** A channel without a provider does not exist in this installation. */
export type Providers = Readonly<Partial<Record<Channel, Provider>>>
