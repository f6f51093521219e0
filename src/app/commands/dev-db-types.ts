/** Writes `db/types.ts` from the migrations, by way of a scratch database that is thrown away. Development only: kysely-codegen is not installed elsewhere. */
import { randomBytes } from 'node:crypto'
import { join } from 'node:path'
import pg from 'pg'
import { migrate } from '#platform/db/migrate.ts'
import { startThrowaway } from '#platform/db/embedded/throwaway.ts'
import { MIGRATIONS, ROOT } from '../places.ts'

export const help = `motcua dev:db-types

Writes db/types.ts from db/migrations, in a scratch database on the embedded PostgreSQL
(or on the server that TEST_DATABASE_URL names).

Exit code: 0 written, 1 failed.`

export const run = async (): Promise<number> => {
  const server = await scratchServer()
  const name = `types_${randomBytes(4).toString('hex')}`
  try {
    await statement(server.url, `create database ${name}`)
    const url = new URL(server.url)
    url.pathname = `/${name}`
    await migrate(url.toString(), MIGRATIONS, { years: [] })
    await generate(url.toString())
    return 0
  } finally {
    await statement(server.url, `drop database if exists ${name} with (force)`)
    await server.stop()
  }
}

const scratchServer = async (): Promise<{ url: string; stop: () => Promise<void> }> => {
  const named = process.env['TEST_DATABASE_URL']
  if (named !== undefined) return { url: named, stop: async () => {} }
  return startThrowaway()
}

const statement = async (url: string, text: string): Promise<void> => {
  const client = new pg.Client({ connectionString: url })
  await client.connect()
  await client.query(text)
  await client.end()
}

const COLUMN_TYPES = '../src/platform/db/column-types.ts'

const generate = async (url: string): Promise<void> => {
  const { Cli } = await import('kysely-codegen')
  await new Cli().generate({
    url,
    dialect: 'postgres',
    dateParser: 'string',
    numericParser: 'string',
    partitions: false,
    includePattern: '*.*',
    excludePattern: 'extension.*',
    customImports: { Moment: COLUMN_TYPES, BigInteger: COLUMN_TYPES, JsonColumn: COLUMN_TYPES },
    typeMapping: { timestamptz: 'Moment', timestamp: 'string', int8: 'BigInteger', json: 'JsonColumn', jsonb: 'JsonColumn', xid8: 'string' },
    outFile: join(ROOT, 'db/types.ts'),
    logLevel: 'warn',
  })
}
