import { type Json, canonical, sha256 } from '#kernel/digest.ts'
import { Stale } from '#kernel/errors.ts'
import type { Uuid } from '#kernel/ids.ts'
import { MS_PER_DAY } from '#kernel/plain-date.ts'
import type { Actor, Ctx } from './ctx.ts'
import { sql } from './db/db.ts'

export type Submission = {
  readonly command: string
  readonly key: Uuid
  /** What makes two requests the same: digested, not kept. */
  readonly input: Json
  /** 400 for filing, 7 for the rest (decision 17). */
  readonly keepDays?: number
}

const actorKey = (actor: Actor): string => (actor.kind === 'person' ? actor.userId : actor.kind === 'system' ? actor.job : 'anonymous')

/**
 * Runs `work` once per submission key, inside the caller's transaction; a repeat gets the first answer. Two at the same moment: the second waits for the first.
 * @throws Stale when the key was used for other input, another command or by somebody else
 */
export const once = <T extends Json>(ctx: Ctx, submission: Submission, work: () => Promise<T>): Promise<T> =>
  onceRead(ctx, submission, async () => undefined, async () => ({ answer: await work(), written: [] }))

/** What is answered, and the statements that record it: sent, their ends not yet awaited. */
export type Written<T> = { readonly answer: T; readonly written: readonly Promise<unknown>[] }

/**
 * `once` for the commands of every minute, with fewer waits for the database: what `work` needs is read by statements sent right behind the claim of the
 * key (a repeat reads it in vain), and what it writes is under way while the answer is recorded.
 */
export const onceRead = async <T extends Json, R>(ctx: Ctx, submission: Submission, read: () => Promise<R>, work: (known: R) => Promise<Written<T>>): Promise<T> => {
  const digest = sha256(canonical(submission.input))
  // The row is written first, so that a simultaneous repeat waits on the primary key instead of doing the work twice.
  const keepUntil = new Date(ctx.now + (submission.keepDays ?? 7) * MS_PER_DAY).toISOString()
  const claiming = sql`/* prepared */
    insert into platform.request (id, command, actor, input_digest, answer, at, keep_until)
    values (${submission.key}, ${submission.command}, ${actorKey(ctx.actor)}, ${digest}, 'null', ${new Date(ctx.now).toISOString()}, ${keepUntil})
    on conflict (id) do nothing`.execute(ctx.db)
  const reading = heeded(read())
  const claimed = await claiming
  if (claimed.numAffectedRows !== 1n) {
    const first = await findAnswer<T>(ctx, submission, digest)
    if (first === undefined) throw new Stale('submission key')
    return first.answer
  }
  const { answer, written } = await work(await reading)
  await Promise.all([...written, sql`/* prepared */ update platform.request set answer = ${JSON.stringify(answer)}::jsonb where id = ${submission.key}`.execute(ctx.db)])
  return answer
}

/** Awaited later: that it may fail before is no loose end. */
export const heeded = <T>(promise: Promise<T>): Promise<T> => {
  promise.catch(() => undefined)
  return promise
}

const findAnswer = async <T extends Json>(ctx: Ctx, submission: Submission, digest: Buffer): Promise<{ answer: T } | undefined> => {
  const { rows } = await sql<{ command: string; actor: string; input_digest: Buffer; answer: T }>`
    select command, actor, input_digest, answer from platform.request where id = ${submission.key}`.execute(ctx.db)
  const row = rows[0]
  if (row === undefined) return undefined
  if (row.command !== submission.command || row.actor !== actorKey(ctx.actor) || !row.input_digest.equals(digest)) {
    throw new Stale('submission key')
  }
  return { answer: row.answer }
}
