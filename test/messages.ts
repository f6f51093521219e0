/** The worker's part for messages, step by step: what is due is run, as often as the test wants, by whatever provider it gives. */
import { uuid } from '#kernel/ids.ts'
import type { Instant } from '#kernel/plain-date.ts'
import { DELIVER_MESSAGE, type Outside, SEND_MESSAGE, deliverMessage, sendMessage } from '#modules/notification'
import type { Ctx } from '#platform/ctx.ts'
import { sql } from '#platform/db/db.ts'
import type { Channel, Outcome, Outgoing, Provider } from '#platform/messaging/provider.ts'
import { SYSTEM } from './db.ts'

/** Takes everything, or does what it is told with each. */
export const listener = (answer: (message: Outgoing) => Outcome | Promise<Outcome> = ({ id }) => ({ outcome: 'accepted', as: id })) => {
  const sent: Outgoing[] = []
  const provider: Provider = {
    name: 'listener',
    send: async (message) => {
      sent.push(message)
      return answer(message)
    },
  }
  return { sent, provider }
}

export const outsideBy = (provider: Provider, channels: readonly Channel[] = ['email', 'sms', 'app']): Outside => ({
  providers: Object.fromEntries(channels.map((channel) => [channel, provider])),
  publicUrl: 'https://motcua.example.vn',
  cityName: () => 'thành phố Huế',
})

type Row = { readonly id: string; readonly task: string; readonly payload: { readonly messageId?: string; readonly deliveryId?: string } }

const due = async (ctx: Ctx, now: Instant): Promise<readonly Row[]> =>
  (
    await sql<Row>`
      select j.id::text as id, t.identifier as task, j.payload from graphile_worker._private_jobs j join graphile_worker._private_tasks t on t.id = j.task_id
       where t.identifier in (${SEND_MESSAGE}, ${DELIVER_MESSAGE}) and j.run_at <= ${new Date(now).toISOString()}::timestamptz and j.attempts < j.max_attempts order by j.id`.execute(ctx.db)
  ).rows

/**
 * Runs what is due at `now`, and what becomes due by it. A job that throws stays, as with the real worker, until its attempts are used up; it is tried again in the next call.
 * @returns errors of the jobs that failed
 */
export const runMessages = async (ctx: Ctx, outside: Outside, now: Instant): Promise<readonly string[]> => {
  const errors: string[] = []
  const failed = new Set<string>()
  for (;;) {
    const jobs = (await due(ctx, now)).filter((job) => !failed.has(job.id))
    if (jobs.length === 0) return errors
    for (const { id, task, payload } of jobs) {
      const at: Ctx = { ...ctx, now, actor: SYSTEM }
      try {
        // Locked while it runs: a job that puts itself off gets a new row.
        await sql`update graphile_worker._private_jobs set locked_at = now(), locked_by = 'test' where id = ${id}::bigint`.execute(ctx.db)
        if (task === SEND_MESSAGE) await sendMessage(at, outside, uuid(payload.messageId ?? ''))
        else await deliverMessage(at, outside, uuid(payload.deliveryId ?? ''))
        await sql`delete from graphile_worker._private_jobs where id = ${id}::bigint`.execute(ctx.db)
      } catch (error) {
        failed.add(id)
        errors.push((error as Error).message)
        await sql`update graphile_worker._private_jobs set attempts = attempts + 1, locked_at = null, locked_by = null where id = ${id}::bigint`.execute(ctx.db)
      }
    }
  }
}
