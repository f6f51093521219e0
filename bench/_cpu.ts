/** Processor time beside the clock on the wall: steadier when the machine is shared. */
import { readFileSync, readdirSync } from 'node:fs'
import type pg from 'pg'

/** Of /proc; the same on every Linux. */
const TICK_MS = 10

/** [id of the parent, ticks used]. */
const statOf = (pid: string): readonly [string, number] => {
  try {
    const stat = readFileSync(`/proc/${pid}/stat`, 'utf8')
    const fields = stat.slice(stat.lastIndexOf(')') + 2).split(' ')
    return [fields[1] ?? '', Number(fields[11]) + Number(fields[12])]
  } catch {
    return ['', 0]
  }
}

const databaseMs = (server: string): number =>
  readdirSync('/proc').reduce((sum, pid) => {
    const [parent, ticks] = /^\d+$/.test(pid) ? statOf(pid) : ['', 0]
    return pid === server || parent === server ? sum + ticks * TICK_MS : sum
  }, 0)

/** Ticks of all processors: of all kinds, and those in which we wanted to run and the host ran somebody else. */
const machineTicks = (): { readonly all: number; readonly stolen: number } => {
  try {
    const ticks = readFileSync('/proc/stat', 'utf8').split('\n')[0]!.trim().split(/\s+/).slice(1, 9).map(Number)
    return { all: ticks.reduce((sum, n) => sum + n, 0), stolen: ticks[7] ?? 0 }
  } catch {
    return { all: 0, stolen: 0 }
  }
}

/** `stolen`: the share of the machine's time that its host gave to others meanwhile, 0–1; with a tenth and more a figure says little of the program. */
export type Processor = { readonly program: number; readonly database: number; readonly stolen: number }

/** Milliseconds of this process and of the database server while `work` ran. Undefined where there is no /proc, or no server of ours. */
export const processorTime = async <T>(pool: pg.Pool, work: () => Promise<T>): Promise<{ readonly value: T; readonly used: Processor | undefined }> => {
  const { rows } = await pool.query<{ pid: number }>('select pg_backend_pid() as pid')
  const [server] = statOf(String(rows[0]?.pid))
  const [own, database] = [process.cpuUsage(), server === '' ? 0 : databaseMs(server)]
  const before = machineTicks()
  const value = await work()
  const after = machineTicks()
  const { user, system } = process.cpuUsage(own)
  return { value, used: server === '' ? undefined : { program: (user + system) / 1_000, database: databaseMs(server) - database, stolen: (after.stolen - before.stolen) / Math.max(1, after.all - before.all) } }
}

/** Of one act among so many. */
export const ofOne = (used: Processor | undefined, acts: number): Processor | undefined => used && { ...used, program: used.program / acts, database: used.database / acts }

export const inWords = (used: Processor | undefined): string =>
  used === undefined ? '' : `${used.program.toFixed(2)} + ${used.database.toFixed(2)}${used.stolen < 0.02 ? '' : `, host took ${(used.stolen * 100).toFixed(0)} %`}`
