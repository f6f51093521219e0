/** Decision 10: what is decided about messages is in the log, and the rows are what `rowOf` makes of it, column by column. */
import { expect, it } from 'vitest'
import type { Uuid } from '#kernel/ids.ts'
import { editMessageTemplate, getMessageTemplate, setMessageSettings, setPreference } from '#modules/notification'
import { sql } from '#platform/db/db.ts'
import { readStream } from '#platform/log/read-stream.ts'
import { NOW, testDb } from '#test/db.ts'
import { key, must, newCitizen } from '#test/factories.ts'
import { rowOfLogged } from './message-state.ts'
import { putMessageRow } from './put-message-row.ts'

const { ctx } = await testDb()
const TABLES = ['preference', 'setting', 'template'] as const

it('replaying what was decided about messages into emptied tables gives the same rows', async () => {
  for (const channels of [['sms'], ['email', 'app'], []] as const) {
    const personId = await newCitizen(ctx())
    const own = ctx({ actor: { kind: 'person', userId: key(NOW), personId, posts: [] } })
    await setPreference(own, { submissionKey: key(NOW), channels: ['sms'], lang: 'vi', digest: true, urgent: true })
    await setPreference(own, { submissionKey: key(NOW), channels: [...channels], lang: 'en', digest: false, urgent: true })
  }
  must(await setMessageSettings(ctx(), { submissionKey: key(NOW), quietFrom: 22 * 60, quietTo: 6 * 60, window: 3, channels: ['sms', 'email'] }))
  const edit = async (kind: string, sms: string | null) => {
    const { template } = await getMessageTemplate(ctx(), kind)
    must(await editMessageTemplate(ctx(), { submissionKey: key(NOW), kind, version: template.version, texts: sms === null ? null : { ...template.texts, vi: { ...template.texts.vi, sms } } }))
  }
  await edit('received', 'Da nhan {code}')
  await edit('refused', 'Khong nhan {code}')
  await edit('refused', null)
  const all = async () => Object.fromEntries(await Promise.all(TABLES.map(async (t) => [t, (await sql<{ row: object }>`select to_jsonb(t) as row from ${sql.table(`notification.${t}`)} t order by to_jsonb(t)::text`.execute(ctx().db)).rows] as const)))
  const before = await all()
  expect(TABLES.map((t) => before[t]!.length), 'nothing would be compared').toEqual([3, 1, 1])
  for (const t of TABLES) await sql`delete from ${sql.table(`notification.${t}`)}`.execute(ctx().db)
  const { rows: streams } = await sql<{ stream: Uuid }>`select distinct stream from log.event where type like 'preference.%' or type like 'message.%'`.execute(ctx().db)
  for (const { stream } of streams) {
    for (const event of await readStream(ctx().db, 'other', stream)) {
      const row = rowOfLogged(stream, event)
      if (row !== undefined) await putMessageRow(ctx(), row)
    }
  }
  expect(await all()).toEqual(before)
})
