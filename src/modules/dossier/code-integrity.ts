import type { Uuid } from '#kernel/ids.ts'
import { type Db, sql } from '#platform/db/db.ts'
import type { IntegrityCheck } from '#platform/log/verify.ts'

/**
 * Every dossier has a code of its own, and every such code names a dossier. No foreign key can hold this, because `dossier.code` is whole and
 * `dossier.dossier` has years (decision 13). A detached year has taken its dossiers along: its codes are not at fault.
 */
export const codeIntegrity: IntegrityCheck = {
  name: 'dossier.code ↔ dossier.dossier',
  run: async (db: Db) => {
    const { rows } = await sql<{ stream: Uuid; detail: string }>`
      (select c.id as stream, 'code ' || c.code || ' names no dossier' as detail from dossier.code c
        where not exists (select from dossier.dossier d where d.id = c.id)
          and not exists (select from platform.detached_year y where c.id >= platform.year_floor(y.year) and c.id < platform.year_floor(y.year + 1)) limit 50)
      union all
      (select d.id, 'the dossier has no code' from dossier.dossier d
        where not exists (select from dossier.code c where c.id = d.id and c.kind = 'dossier') limit 50)`.execute(db)
    return rows.map((row) => ({ what: 'id-unknown', ...row }))
  },
}
