/** Computes due dates: JSON lines in, JSON lines out. By the calendar of a running installation; works without one, by the calendar that the program ships. */
import { once } from 'node:events'
import { createInterface } from 'node:readline'
import { parseArgs } from 'node:util'
import { type WorkingCalendar, getWorkingCalendar, runDeadline, shippedCalendar } from '#modules/calendar'
import { readConfig } from '#platform/config/config.ts'
import { clockNow } from '#platform/clock.ts'
import { findRunningServer } from '#platform/db/embedded/find-running.ts'
import { createDb, createPool } from '#platform/db/pool.ts'

export const help = `motcua deadline < questions.jsonl > answers.jsonl

Computes due dates and explains them, by conventions C1–C14. The calendar is that of the installation (DATABASE_URL, or the embedded
database of DATA_DIR where it is running: none is started), with what was edited in it; where no database answers, or with --shipped,
the one that the program ships.
Reads one question a line from the standard input:

  {"id": "a", "start": "2026-11-20T15:42:00+07:00", "limit": {"amount": 3, "unit": "working-day"},
   "supplementMode": "suspend", "suspensions": [{"from": "…", "to": null}], "inDayCutoff": "15:00"}

  start, from, to   ISO 8601 with an offset; "to" null = still open
  unit              working-day, day, month, hour; working days and hours by halves; 0 working days = the same day
  supplementMode    suspend (default): the clock stops; restart: the whole limit again from "to"
  inDayCutoff       last time of the day that still means today; only with 0 working days; may be left out

and prints one answer a line, in the same order:

  {"id", "effectiveStart", "dueAt", "explanation": [{"from", "to", "counted", "unit", "reason", "rule", "name"?}], "provisional"?}

dueAt is null while a suspension is open, unless the limit had run out before it. The counted amounts add up to the limit.
provisional: the date lies beyond the last announced year. A bad line gives {"id" or null, "line", "error"} and the rest goes on;
error is "code: sentence", with the codes not-json, not-an-object, too-large, bad-id, bad-start, bad-limit, bad-amount,
bad-suspensions, suspension-backwards, bad-supplement-mode, bad-in-day-cutoff, bad-cutoff, cutoff-without-same-day, calendar-unknown.

Exit code: 0 all lines were answered, bad ones included; 2 used wrongly.`

export const run = async (args: string[]): Promise<number> => {
  const { values } = parseArgs({ args, options: { json: { type: 'boolean' }, shipped: { type: 'boolean' } } })
  const calendar = values.shipped === true ? shippedCalendar() : await installedCalendar()
  // Lines that come together are written together: one at a time would cost a system call each.
  let pending = ''
  let scheduled = false
  const flush = async (): Promise<void> => {
    const piece = pending
    pending = ''
    scheduled = false
    if (piece !== '' && !process.stdout.write(piece)) await once(process.stdout, 'drain')
  }
  // `motcua deadline | head` closes the pipe early: that is no failure.
  process.stdout.on('error', (error: NodeJS.ErrnoException) => process.exit(error.code === 'EPIPE' ? 0 : 1))
  const lines = createInterface({ input: process.stdin, crlfDelay: Number.POSITIVE_INFINITY })
  await runDeadline(lines, (line) => {
    pending += `${line}\n`
    if (pending.length > 65_536) return flush()
    if (!scheduled) setImmediate(() => void flush())
    scheduled = true
    return undefined
  }, calendar)
  await flush()
  return 0
}

const ANSWERS_WITHIN_MS = 2_000

/** The city's calendar as edited. Whatever is wrong with the database is not for this command to say, unless somebody named one. */
const installedCalendar = async (): Promise<WorkingCalendar> => {
  const config = readConfig()
  const url = config.databaseUrl ?? (await findRunningServer(config.dataDir).catch(() => undefined))
  if (url === undefined) return shippedCalendar()
  const pool = createPool(url, { max: 1, waitMs: ANSWERS_WITHIN_MS })
  try {
    return await getWorkingCalendar({ db: createDb(pool), actor: { kind: 'system', job: 'deadline' }, now: clockNow(), traceId: 'deadline' })
  } catch (error) {
    if (config.databaseUrl !== undefined) console.error(`The database of DATABASE_URL did not answer (${error instanceof Error ? error.message : String(error)}): by the calendar that the program ships.`)
    return shippedCalendar()
  } finally {
    await pool.end().catch(() => undefined)
  }
}
