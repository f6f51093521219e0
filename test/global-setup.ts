/** One server for the whole run: the one that TEST_DATABASE_URL names, else an embedded one. A migrated template is made once. */
import { randomBytes } from 'node:crypto'
import { join } from 'node:path'
import pg from 'pg'
import type { TestProject } from 'vitest/node'
import { migrate } from '#platform/db/migrate.ts'
import { migrateJobs } from '#platform/jobs/migrate-jobs.ts'
import { startTestServer } from './embedded-server.ts'

export default async function setup(project: TestProject): Promise<() => Promise<void>> {
  const named = process.env['TEST_DATABASE_URL']
  const server = named === undefined ? await startTestServer() : { url: named, stop: async () => {} }
  const template = `template_${randomBytes(6).toString('hex')}`
  const adminUrl = new URL(server.url)
  adminUrl.pathname = '/postgres'
  const run = async (statement: string) => {
    const client = new pg.Client({ connectionString: adminUrl.toString() })
    await client.connect()
    await client.query(statement)
    await client.end()
  }
  await run(`create database ${template}`)
  const templateUrl = new URL(server.url)
  templateUrl.pathname = `/${template}`
  await migrate(templateUrl.toString(), join(import.meta.dirname, '../db/migrations'), { years: [...new Set([2025, 2026, new Date().getUTCFullYear()])] })
  await migrateJobs(templateUrl.toString())
  project.provide('serverUrl', server.url)
  project.provide('template', template)
  return async () => {
    await run(`drop database if exists ${template} with (force)`)
    await server.stop()
  }
}
