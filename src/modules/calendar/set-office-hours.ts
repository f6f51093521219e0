import { z } from 'zod'
import { type Uuid, isUuid } from '#kernel/ids.ts'
import { isPlainDate } from '#kernel/plain-date.ts'
import type { Result } from '#kernel/result.ts'
import { authorise } from '#modules/access'
import type { Ctx } from '#platform/ctx.ts'
import { inTx } from '#platform/db/db.ts'
import { newId } from '#platform/ids.ts'
import { orRefused, refuse } from '#platform/refused.ts'
import { once } from '#platform/request.ts'
import { OfficeHours, Season, Sessions } from './calendar-day.ts'
import { loadForUpdate, store } from './calendar-store.ts'

const Id = z.string().refine(isUuid)
const Day = z.string().refine(isPlainDate, 'not a day')

/** COMMAND. Office hours of an agency (null = the default), with validity and perhaps a season. With `id`: corrects or ends hours that exist. */
export const SetOfficeHours = z.object({
  submissionKey: Id,
  id: Id.nullable().default(null),
  agencyId: Id.nullable(),
  sessions: Sessions,
  validFrom: Day,
  validTo: Day.nullable().default(null),
  season: Season.nullable().default(null),
})
export type SetOfficeHours = z.infer<typeof SetOfficeHours>

export type OfficeHoursRefusal =
  /** `validTo` is before `validFrom`. */
  | { readonly code: 'ends-before-it-begins' }
  | { readonly code: 'no-such-hours'; readonly id: Uuid }

/** @throws Forbidden */
export const setOfficeHours = async (ctx: Ctx, input: SetOfficeHours): Promise<Result<{ readonly id: Uuid; readonly version: number }, OfficeHoursRefusal>> => {
  const post = authorise(ctx, 'calendar.edit')
  const { submissionKey, ...content } = input
  return orRefused(() =>
    inTx(ctx, (ctx) =>
      once(ctx, { command: 'calendar.set-office-hours', key: submissionKey, input: content }, async () => {
        const state = await loadForUpdate(ctx)
        const id = content.id ?? newId(ctx.now)
        if (content.validTo !== null && content.validTo < content.validFrom) refuse<OfficeHoursRefusal>({ code: 'ends-before-it-begins' })
        if (content.id !== null && !state.officeHours.has(content.id)) refuse<OfficeHoursRefusal>({ code: 'no-such-hours', id: content.id })
        const hours: OfficeHours = { ...content, id }
        const { version } = await store(ctx, state, [{ type: 'calendar.office-hours-set', data: { hours, origin: 'person' } }], post?.postId)
        return { id, version }
      }),
    ),
  )
}
