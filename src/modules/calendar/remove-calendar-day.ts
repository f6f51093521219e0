import { z } from 'zod'
import { isUuid } from '#kernel/ids.ts'
import { isPlainDate } from '#kernel/plain-date.ts'
import type { Result } from '#kernel/result.ts'
import { tidy } from '#kernel/text.ts'
import { authorise } from '#modules/access'
import type { Ctx } from '#platform/ctx.ts'
import { inTx } from '#platform/db/db.ts'
import { orRefused, refuse } from '#platform/refused.ts'
import { once } from '#platform/request.ts'
import { loadForUpdate, store } from './calendar-store.ts'
import type { CalendarChanged, CalendarDayRefusal } from './set-calendar-day.ts'

/** COMMAND. Makes a day ordinary again; the reason stays in the history. */
export const RemoveCalendarDay = z.object({
  submissionKey: z.string().refine(isUuid),
  date: z.string().refine(isPlainDate, 'not a day'),
  reason: z.string().transform(tidy).pipe(z.string().min(1).max(500)),
})
export type RemoveCalendarDay = z.infer<typeof RemoveCalendarDay>

/** @throws Forbidden */
export const removeCalendarDay = async (ctx: Ctx, input: RemoveCalendarDay): Promise<Result<CalendarChanged, CalendarDayRefusal>> => {
  const post = authorise(ctx, 'calendar.edit')
  const { submissionKey, ...data } = input
  return orRefused(() =>
    inTx(ctx, (ctx) =>
      once(ctx, { command: 'calendar.remove-day', key: submissionKey, input: data }, async () => {
        const state = await loadForUpdate(ctx)
        if (!state.days.has(data.date)) refuse<CalendarDayRefusal>({ code: 'no-such-day', date: data.date })
        const { version } = await store(ctx, state, [{ type: 'calendar.day-removed', data }], post?.postId)
        return { version }
      }),
    ),
  )
}
