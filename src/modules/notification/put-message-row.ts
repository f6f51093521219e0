import type { Ctx } from '#platform/ctx.ts'
import { sql } from '#platform/db/db.ts'
import type { MessageRow } from './message-state.ts'

const iso = (at: number): string => new Date(at).toISOString()

/** Writes what `rowOf` says: commands and replay alike. */
export const putMessageRow = async (ctx: Ctx, row: MessageRow): Promise<void> => {
  if ('preference' in row) {
    const { person_id, channels, lang, digest, urgent, changed_at } = row.preference
    await sql`
      insert into notification.preference (person_id, channels, lang, digest, urgent, changed_at) values (${person_id}, ${channels}::text[], ${lang}, ${digest}, ${urgent}, ${iso(changed_at)}::timestamptz)
      on conflict (person_id) do update set channels = excluded.channels, lang = excluded.lang, digest = excluded.digest, urgent = excluded.urgent, changed_at = excluded.changed_at`.execute(ctx.db)
  } else if ('setting' in row) {
    const { quiet_from, quiet_to, window_minutes, channels } = row.setting
    await sql`
      insert into notification.setting (quiet_from, quiet_to, window_minutes, channels) values (${quiet_from}, ${quiet_to}, ${window_minutes}, ${channels}::text[])
      on conflict (one) do update set quiet_from = excluded.quiet_from, quiet_to = excluded.quiet_to, window_minutes = excluded.window_minutes, channels = excluded.channels`.execute(ctx.db)
  } else if (row.template === null) await sql`delete from notification.template where kind = ${row.kind}`.execute(ctx.db)
  else {
    const { kind, version, content, changed_at } = row.template
    await sql`
      insert into notification.template (kind, version, content, changed_at) values (${kind}, ${version}, ${JSON.stringify(content)}::jsonb, ${iso(changed_at)}::timestamptz)
      on conflict (kind) do update set version = excluded.version, content = excluded.content, changed_at = excluded.changed_at`.execute(ctx.db)
  }
}
