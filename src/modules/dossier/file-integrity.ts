import type { Uuid } from '#kernel/ids.ts'
import { type Db, sql } from '#platform/db/db.ts'
import type { IntegrityCheck } from '#platform/log/verify.ts'

/**
 * What is handed out as a dossier's file is what its event vouches for: the row that leads to the bytes names the digest that stands in the log.
 * `verify` then compares the bytes with that digest. Files of a detached year have gone with their events.
 */
export const fileIntegrity: IntegrityCheck = {
  name: 'dossier events ↔ documents.file',
  run: async (db: Db) => {
    const { rows } = await sql<{ stream: Uuid; seq: number; file: string; kept: boolean }>`
      select e.stream, e.seq, g.given->>'fileId' as file, f.id is not null as kept
        from log.event e
       cross join lateral jsonb_array_elements(case
               when e.type = 'dossier.received' then e.data->'attachments'
               when e.type in ('dossier.consultation-asked', 'dossier.consultation-answered') then e.data->'files'
               when e.type = 'dossier.inspection-recorded' then e.data->'photos'
               when e.type = 'dossier.inspection-signed' then jsonb_build_array(e.data->'scan')
               else jsonb_build_array(e.data->'file') end) as g(given)
        left join documents.pub_file f on f.owner = e.stream and f.id::text = g.given->>'fileId'
       where e.kind = 'dossier' and e.type in ('dossier.received', 'dossier.result-issued', 'dossier.result-corrected', 'dossier.consultation-asked', 'dossier.consultation-answered', 'dossier.inspection-recorded', 'dossier.inspection-signed')
         and jsonb_typeof(g.given) = 'object' and f.digest is distinct from g.given->>'digest'
       order by e.stream, e.seq limit 50`.execute(db)
    return rows.map(({ stream, seq, file, kept }) => ({
      what: kept ? 'file-damaged' : 'file-missing', stream, seq, detail: kept ? `file ${file} leads to other bytes than the log names` : `file ${file} is not kept`,
    }))
  },
}
