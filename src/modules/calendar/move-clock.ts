import { z } from 'zod'
import { isUuid } from '#kernel/ids.ts'
import { type Instant, MS_PER_DAY, instant, isoInstant } from '#kernel/plain-date.ts'
import type { Result } from '#kernel/result.ts'
import { authorise, prolongSessions } from '#modules/access'
import { clockAhead, isDemo, keepClockAhead, readClock } from '#platform/clock.ts'
import type { Ctx } from '#platform/ctx.ts'
import { inTx } from '#platform/db/db.ts'
import { runMissed } from '#platform/jobs/queue.ts'
import { append } from '#platform/log/append.ts'
import { orRefused, refuse } from '#platform/refused.ts'
import { once } from '#platform/request.ts'
import { CLOCK_STREAM } from './calendar-state.ts'

/** Further than that, and the calendar knows nothing any more (C14). */
const MOST_MS = 366 * MS_PER_DAY

/** COMMAND. Demo mode only: lets time pass, so that deadlines, queues and sweeps can be watched. */
export const MoveClock = z.object({ submissionKey: z.string().refine(isUuid), to: z.int().positive().transform((ms) => instant(ms)) })
export type MoveClock = z.input<typeof MoveClock>

export type ClockRefusal =
  /** A real city lives by real time. */
  | { readonly code: 'clock-of-production' }
  /** Events are in order of time: it never goes back. */
  | { readonly code: 'clock-backwards'; readonly now: Instant }
  | { readonly code: 'clock-too-far'; readonly most: Instant }

/** Whoever is signed in stays so. @throws Forbidden */
export const moveClock = async (ctx: Ctx, input: MoveClock): Promise<Result<{ readonly now: Instant }, ClockRefusal>> => {
  const post = authorise(ctx, 'clock.move')
  const { submissionKey, to } = MoveClock.parse(input)
  const moved: Result<{ readonly now: Instant }, ClockRefusal> = await orRefused(() =>
    inTx(ctx, (ctx) =>
      once(ctx, { command: 'clock.move', key: submissionKey, input: { to } }, async () => {
        if (!(await isDemo(ctx))) refuse<ClockRefusal>({ code: 'clock-of-production' })
        if (to <= ctx.now) refuse<ClockRefusal>({ code: 'clock-backwards', now: ctx.now })
        if (to - ctx.now > MOST_MS) refuse<ClockRefusal>({ code: 'clock-too-far', most: instant(ctx.now + MOST_MS) })
        await keepClockAhead(ctx, clockAhead() + to - ctx.now)
        await prolongSessions(ctx, to - ctx.now)
        await runMissed(ctx, ctx.now, to)
        await append(ctx, 'other', CLOCK_STREAM, [{ type: 'clock.moved', data: { from: isoInstant(ctx.now), to: isoInstant(to) } }], post === undefined ? {} : { postId: post.postId })
        return { now: to }
      }),
    ),
  )
  await readClock(ctx.db)
  return moved
}
