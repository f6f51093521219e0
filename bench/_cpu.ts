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

export type Processor = { readonly program: number; readonly database: number }

/** Milliseconds of this process and of the database server while `work` ran. Undefined where there is no /proc, or no server of ours. */
export const processorTime = async <T>(pool: pg.Pool, work: () => Promise<T>): Promise<{ readonly value: T; readonly used: Processor | undefined }> => {
  const { rows } = await pool.query<{ pid: number }>('select pg_backend_pid() as pid')
  const [server] = statOf(String(rows[0]?.pid))
  const [own, database] = [process.cpuUsage(), server === '' ? 0 : databaseMs(server)]
  const value = await work()
  const { user, system } = process.cpuUsage(own)
  return { value, used: server === '' ? undefined : { program: (user + system) / 1_000, database: databaseMs(server) - database } }
}
