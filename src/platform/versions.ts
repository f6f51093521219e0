/**
 * What hardly changes and is asked for all day stays in the memory of the process, for as long as its version stands (`platform.version`, moved by
 * triggers in the transaction of the change). The versions come along with the session of a request; whoever has none reads them, three small rows.
 */
import type { Ctx, VersionName, Versions } from './ctx.ts'
import { sql } from './db/db.ts'

const readVersions = async (ctx: Ctx): Promise<Versions> => {
  const { rows } = await sql<{ name: VersionName; v: string }>`/* prepared */ select name, v from platform.version`.execute(ctx.db)
  return Object.fromEntries(rows.map(({ name, v }) => [name, v])) as Versions
}

/** For work that asks for several such things: they are as they stood at one moment, and asked for once. */
export const withVersions = async (ctx: Ctx): Promise<Ctx> => (ctx.versions === undefined ? { ...ctx, versions: await readVersions(ctx) } : ctx)

/** For who changes such a thing: what the request saw before is not good enough. */
export const asOfNow = ({ versions: _, ...ctx }: Ctx): Ctx => ctx

/**
 * `read` once, then from memory while the versions of `names` stand. A change that is committed while `read` runs is at worst seen too early, by requests
 * that began before it. The oldest goes first. Undefined is not kept.
 * Requests that ask at the same moment wait for one reading, but a transaction never does: it holds a connection, and the reading may be waiting for one.
 */
export const keepWhile = <T>(entries: number, ...names: readonly VersionName[]) => {
  const kept = new Map<string, T>()
  const underWay = new Map<string, Promise<T>>()
  const keep = (key: string, value: T): T => {
    if (value !== undefined) kept.set(key, value)
    if (kept.size > entries) kept.delete(kept.keys().next().value ?? '')
    return value
  }
  return async (ctx: Ctx, key: string, read: (ctx: Ctx) => Promise<T>): Promise<T> => {
    const known = await withVersions(ctx)
    const whole = `${names.map((name) => known.versions?.[name]).join(' ')} ${key}`
    const have = kept.get(whole)
    if (have !== undefined) return have
    if (ctx.db.isTransaction) return keep(whole, await read(known))
    const reading = underWay.get(whole) ?? read(known).then((value) => keep(whole, value))
    underWay.set(whole, reading)
    return reading.finally(() => underWay.delete(whole))
  }
}
