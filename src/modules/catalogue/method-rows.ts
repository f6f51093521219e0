/**
 * PURE. What a published method row leaves open, and the row as it counts once an administrator has settled it.
 * Rows are never merged: time limit and fee live per channel (domain.md §5.2). Nothing is guessed: a row with a thing to settle cannot be received.
 */
import { type Instant, MS_PER_MINUTE } from '#kernel/plain-date.ts'
import type { Uuid } from '#kernel/ids.ts'
import type { Channel, LimitUnit, PublishedRecord } from './procedure-record.ts'

const THINGS_TO_SETTLE = [
  /** No limit that a machine can read. */
  'limit-missing',
  /** A number without a unit. */
  'unit-missing',
  /** 0 of something: in-day, or no limit at all? */
  'limit-zero',
  /** A fraction that the clock does not know (C13). */
  'limit-fraction',
  /** Another row of the same channel has another limit: which case has which? */
  'limit-varies',
  /** Shown as 0 while the note states an amount. */
  'fee-conflict',
] as const
export type ThingToSettle = (typeof THINGS_TO_SETTLE)[number]

export type TimeLimit = { readonly amount: number; readonly unit: LimitUnit }

export type FeeChoice = { readonly kind: 'free' } | { readonly kind: 'amount'; readonly amountVnd: number } | { readonly kind: 'as-noted' }

export type Fee = {
  /** `type`: phí, lệ phí or unknown; `amountVnd` null = depends on the note. */
  readonly items: readonly { readonly type: 'phi' | 'le-phi' | null; readonly amountVnd: number | null; readonly note: string | null }[]
  /** null = the source does not say. */
  readonly free: boolean | null
  /** The portal prints "Miễn phí" beside a note, often "do HĐND tỉnh quy định": not reliably free. */
  readonly portalShowsFree: boolean
  /** What an administrator chose where the source contradicts itself. */
  readonly chosen: FeeChoice | null
}

/** What an administrator decided about one row of one revision. */
export type Decision = {
  readonly revisionId: Uuid
  readonly n: number
  /** null = the law sets no limit. */
  readonly limit: TimeLimit | null
  readonly inDayCutoffMinutes: number | null
  readonly appliesWhen: string | null
  readonly fee: FeeChoice | null
  readonly reason: string
  readonly sourceText: string
  readonly settledAt: Instant
}

export type MethodRow = {
  /** 1, 2 … as published. */
  readonly n: number
  readonly channel: Channel
  /** null while not settled, and where the law sets none. */
  readonly limit: TimeLimit | null
  /** Milliseconds of the day; only with 0 working days (C5). */
  readonly inDayCutoff?: number
  readonly limitRaw: string | null
  /** The case that this row is for, where a channel has several. */
  readonly appliesWhen: string | null
  readonly fee: Fee
  readonly description: string | null
  readonly settled: boolean
  /** What the published row leaves open, settled since or not. */
  readonly leftOpen: readonly ThingToSettle[]
  /** Still open; empty once settled. */
  readonly toSettle: readonly ThingToSettle[]
  readonly decision: Decision | null
}

/** A row can be received on when it is settled and has a limit to compute a due date from. */
export const isReceivable = (row: MethodRow): boolean => row.settled && row.limit !== null

type Published = PublishedRecord['methods'][number]

const limitKey = (method: Published) => (method.time_limit === null ? '-' : `${method.time_limit.amount} ${method.time_limit.unit}`)

/** C13: multiples of a half for hours and working days, whole days and months. */
export const isCountable = (limit: TimeLimit): boolean =>
  limit.unit === 'hour' || limit.unit === 'working-day' ? Number.isInteger(limit.amount * 2) : Number.isInteger(limit.amount)

const limitThings = (method: Published, all: readonly Published[]): readonly ThingToSettle[] => {
  const limit = method.time_limit
  if (limit === null) return ['limit-missing']
  const varies = all.some((other) => other.channel === method.channel && limitKey(other) !== limitKey(method))
  const things: ThingToSettle[] = []
  if (limit.amount === 0) things.push('limit-zero')
  if (limit.unit === null) things.push('unit-missing')
  else if (!isCountable({ amount: limit.amount, unit: limit.unit })) things.push('limit-fraction')
  if (varies) things.push('limit-varies')
  return things
}

const hasFeeConflict = (fee: Published['fee']) => fee.conflict !== undefined && fee.conflict !== null && fee.conflict !== false

/** What each row leaves open, in the order of the rows. */
const thingsToSettle = (methods: readonly Published[]): readonly (readonly ThingToSettle[])[] =>
  methods.map((method) => [...limitThings(method, methods), ...(hasFeeConflict(method.fee) ? (['fee-conflict'] as const) : [])])

/** The rows as they count, with what was decided about this very revision. */
export const methodRows = (methods: readonly Published[], decisions: readonly Decision[]): readonly MethodRow[] => {
  const things = thingsToSettle(methods)
  return methods.map((method, i) => {
    const n = i + 1
    const open = things[i] ?? []
    const decision = open.length === 0 ? null : (decisions.find((d) => d.n === n) ?? null)
    const published = method.time_limit
    const limit = open.length === 0 && published?.unit ? { amount: published.amount, unit: published.unit } : (decision?.limit ?? null)
    return {
      n,
      channel: method.channel,
      limit,
      ...(decision?.inDayCutoffMinutes != null && { inDayCutoff: decision.inDayCutoffMinutes * MS_PER_MINUTE }),
      limitRaw: method.time_limit_raw,
      appliesWhen: decision?.appliesWhen ?? null,
      fee: {
        items: method.fee.items.map((item) => ({ type: item.type, amountVnd: item.amount_vnd, note: item.note })),
        free: method.fee.free,
        portalShowsFree: method.fee.portal_shows_free ?? false,
        chosen: decision?.fee ?? null,
      },
      description: method.description,
      settled: open.length === 0 || decision !== null,
      leftOpen: open,
      toSettle: decision === null ? open : [],
      decision,
    }
  })
}
