import type { Ctx } from '../ctx.ts'
import { type Subscription, runBatch, withNews } from './subscriptions.ts'

export type LoopOptions = {
  readonly subscriptions: readonly Subscription[]
  /** A fresh ctx for every batch: `now` moves on. */
  readonly ctxFor: (subscription: Subscription) => Ctx
  readonly onError: (subscription: Subscription, error: unknown) => void
  readonly onBatch?: (subscription: Subscription, events: number, ms: number) => void
  /** Pause when there was nothing to read; 500 unless told. */
  readonly idleMs?: number
}

export type SubscriptionLoop = {
  /** Something was appended: look now instead of at the end of the pause. */
  readonly poke: () => void
  /** Lets running batches finish, starts no more. */
  readonly stop: () => Promise<void>
}

const LONGEST_BACKOFF_MS = 30_000

/** Waits that are cut short by a call, and by the end. */
const waits = (ending: AbortSignal) => {
  const sleepers = new Set<() => void>()
  return {
    pause: (ms: number): Promise<void> =>
      ending.aborted
        ? Promise.resolve()
        : new Promise((resolve) => {
            const wake = () => {
              clearTimeout(timer)
              sleepers.delete(wake)
              resolve()
            }
            const timer = setTimeout(wake, ms)
            sleepers.add(wake)
          }),
    wakeAll: (): void => {
      for (const wake of sleepers) wake()
    },
  }
}

/** Runs every subscription until stopped. One that fails waits longer each time and does not hold up the others. */
export const startSubscriptions = (options: LoopOptions): SubscriptionLoop => {
  const { subscriptions, ctxFor, idleMs = 500 } = options
  const ending = new AbortController()
  const { pause, wakeAll } = waits(ending.signal)
  const news = newsOf(subscriptions, ctxFor)

  const run = async (subscription: Subscription): Promise<void> => {
    let failures = 0
    while (!ending.signal.aborted) {
      const started = performance.now()
      try {
        const handled = (await news(subscription)) ? await runBatch(ctxFor(subscription), subscription) : 0
        failures = 0
        if (handled === 'busy' || handled === 0) await pause(idleMs)
        else options.onBatch?.(subscription, handled, performance.now() - started)
      } catch (error) {
        failures += 1
        options.onError(subscription, error)
        const until = performance.now() + Math.min(LONGEST_BACKOFF_MS, idleMs * 2 ** failures)
        // A poke is no reason to try a failing one earlier.
        while (!ending.signal.aborted && performance.now() < until) await pause(until - performance.now())
      }
    }
  }

  const running = subscriptions.map(run)
  return {
    poke: wakeAll,
    stop: async () => {
      ending.abort()
      wakeAll()
      await Promise.all(running)
    },
  }
}

/** Most of the time nobody has anything to read: who asks in the same moment is answered by one statement. */
const newsOf = (subscriptions: readonly Subscription[], ctxFor: LoopOptions['ctxFor']) => {
  const names = subscriptions.map(({ name }) => name)
  let asking: Promise<ReadonlySet<string>> | undefined
  return async (subscription: Subscription): Promise<boolean> => {
    asking ??= Promise.resolve()
      .then(() => {
        // Whoever comes once it is under way asks anew: something may have been appended since.
        asking = undefined
        return withNews(ctxFor(subscription).db, names)
      })
    return (await asking).has(subscription.name)
  }
}
