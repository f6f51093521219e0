import { type Db, sql } from '#platform/db/db.ts'

/** What a page says until the city is founded. */
const ANY_CITY = 'thành phố'

/**
 * What the frame of every page calls the city. Whoever founds the city writes it, also from the command line while the program runs: it is
 * asked for again by every request as long as it is not known, and never afterwards.
 * @returns never throws: without the database a page still has a frame
 */
export const createCityName = (db: Db, isUp: () => boolean): (() => Promise<string>) => {
  let known: string | undefined
  return async () => {
    if (known === undefined && isUp()) known = await readName(db).catch(() => undefined)
    return known ?? ANY_CITY
  }
}

const readName = async (db: Db): Promise<string | undefined> =>
  (await sql<{ name: string }>`select value->>'name' as name from platform.setting where key = 'city'`.execute(db)).rows[0]?.name
