import { describe, expect, it } from 'vitest'
import { testDb } from '#test/db.ts'
import { analyse, buildIndexes, setIndexesAside } from './set-indexes-aside.ts'

const { owner, url } = await testDb()

const yearly = await owner.query<{ name: string }>(`select table_name as name from platform.yearly_table where table_name like 'dossier.%'`)
const TABLES = ['log.event', 'log.head', ...yearly.rows.map((row) => row.name), 'dossier.code', 'organisation.person']

const standing = async (): Promise<readonly string[]> =>
  (
    await owner.query<{ line: string }>(`
      select schemaname || '.' || tablename || ' ' || indexdef as line from pg_indexes where schemaname in ('log', 'dossier', 'organisation')
      union all select conrelid::regclass || ' ' || conname || ' ' || pg_get_constraintdef(oid) from pg_constraint where contype in ('p', 'f', 'u')
      union all select oid::regclass || ' ' || array_to_string(reloptions, ' ') from pg_class where relkind = 'r' and reloptions is not null order by 1`)
  ).rows.map((row) => row.line)

describe('indexes and keys set aside for a load', () => {
  it('stand again afterwards as they stood, those of every year too', async () => {
    const before = await standing()
    expect(await setIndexesAside(url, TABLES)).toBeGreaterThan(20)
    const bare = await standing()
    expect(bare.filter((line) => /^(log\.event\w*|log\.head|dossier\.dossier\w*|dossier\.step\w*|dossier\.code) .*(INDEX|KEY)/.test(line))).toEqual([])
    expect(bare.filter((line) => /^log\.event_\w+_\d{4} .*autovacuum_enabled=off/.test(line)).length).toBeGreaterThan(0)
    // Others point at people: their key stays.
    expect(bare.filter((line) => line.startsWith('organisation.person ') && line.includes('PRIMARY KEY'))).toHaveLength(1)
    await buildIndexes(url)
    expect(await standing()).toEqual(before)
    expect(await buildIndexes(url)).toBe(0)
  })

  it('are put back once, also where the building was cut off in the middle', async () => {
    const before = await standing()
    await setIndexesAside(url, TABLES)
    const setting = (await owner.query<{ value: readonly object[] }>(`select value from platform.setting where key = 'indexes.aside'`)).rows[0]?.value
    await buildIndexes(url)
    await owner.query(`insert into platform.setting (key, value) values ('indexes.aside', $1::jsonb)`, [JSON.stringify(setting)])
    await owner.query('drop index log.event_epoch_xid_id_idx')
    await buildIndexes(url)
    expect(await standing()).toEqual(before)
    await analyse(url)
  })
})
