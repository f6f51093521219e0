/** SQL for the record itself: load for update, write what `rowsOf` says, take the gap-free code. */
import { NotFound } from '#kernel/errors.ts'
import type { Uuid } from '#kernel/ids.ts'
import { type PlainDate, dateOf } from '#kernel/plain-date.ts'
import { type AssignmentSetting, MANUAL, canonicalAgencyCode, dossierCodeForm } from '#modules/process'
import type { Ctx } from '#platform/ctx.ts'
import type { Cell } from '#platform/db/copy-rows.ts'
import { CompiledQuery, sql } from '#platform/db/db.ts'
import type { Head } from '#platform/log/append.ts'
import { readForUpdate, readFree, readStream } from '#platform/log/read-stream.ts'
import { fromLogged } from './lifecycle/logged.ts'
import type { Rows } from './lifecycle/rows.ts'
import { type DossierState, type Happened, fold } from './lifecycle/state.ts'

const keyed = ['dossier_id', 'n'] as const
const DETOUR_TABLES = {
  pause: { key: keyed, columns: ['dossier_id', 'n', 'kind', 'from_at', 'to_at', 'effect', 'document'] },
  due_change: { key: keyed, columns: ['dossier_id', 'n', 'kind', 'from_at', 'to_at', 'document', 'changed_at', 'by_person', 'by_post'] },
  supplement: {
    key: keyed,
    columns: [
      'dossier_id', 'n', 'state', 'proposed_at', 'proposed_by_person', 'proposed_by_post', 'items', 'until', 'new_fact', 'requested_at', 'requested_by_person',
      'requested_by_post', 'sent_back_at', 'sent_back_by_person', 'sent_back_by_post', 'sent_back_reason', 'lapsed_at', 'answered_at', 'answered_by_person',
      'answered_by_post', 'answer_note', 'changes', 'answer_attachments',
    ],
  },
  payment_duty: {
    key: keyed,
    columns: [
      'dossier_id', 'n', 'amount', 'notice_number', 'notice_on', 'due_on', 'asked_at', 'asked_by_person', 'asked_by_post', 'paid_on', 'evidence', 'confirmed_at',
      'confirmed_by_person', 'confirmed_by_post',
    ],
  },
  halt: {
    key: keyed,
    columns: ['dossier_id', 'n', 'halted_at', 'halted_by_person', 'halted_by_post', 'reason', 'legal_basis', 'until', 'resumed_at', 'resumed_by_person', 'resumed_by_post', 'resume_note'],
  },
  consultation: {
    key: keyed,
    columns: [
      'dossier_id', 'n', 'unit_id', 'open', 'question', 'files', 'limit_amount', 'limit_unit', 'silence', 'asked_at', 'asked_by_person', 'asked_by_post', 'due_at', 'remind_at', 'reminded_at',
      'answered_at', 'answered_by_person', 'answered_by_post', 'stance', 'opinion', 'opinion_files', 'lapsed_at', 'recalled_at', 'recalled_by_person', 'recalled_by_post', 'recall_reason',
    ],
  },
  inspection: {
    key: keyed,
    columns: [
      'dossier_id', 'n', 'phase', 'planned_at', 'planned_by_person', 'planned_by_post', 'appointment_at', 'place', 'note', 'recorded_at', 'recorded_by_person', 'recorded_by_post', 'began_at', 'ended_at',
      'visited_place', 'people', 'findings', 'conclusion', 'photos', 'signed_at', 'signed_by_person', 'signed_by_post', 'scan', 'cancelled_at', 'cancelled_by_person', 'cancelled_by_post', 'cancel_reason',
    ],
  },
  ending: { key: ['dossier_id'], columns: ['dossier_id', 'kind', 'at', 'by_person', 'by_post', 'ground', 'reason', 'legal_basis', 'evidence'] },
  correction: { key: keyed, columns: ['dossier_id', 'n', 'kind', 'at', 'by_person', 'by_post', 'reason', 'before', 'after'] },
  reopening: {
    key: keyed,
    columns: ['dossier_id', 'n', 'at', 'by_person', 'by_post', 'reason', 'from_status', 'step', 'promised_at', 'ended_at', 'finished_at', 'returned_at', 'due_at', 'due_law_at', 'ended_again_at'],
  },
} as const

/** Columns that the database fills by itself are not here. */
const TABLES = {
  dossier: {
    key: ['id'],
    columns: [
      'id', 'seq', 'version', 'status', 'national_code', 'open', 'regime', 'procedure_code', 'revision_id', 'method_n', 'channel', 'desk_id',
      'receiving_agency_id', 'agency_id', 'division_id', 'applicant_id', 'applicant_kind', 'applicant_name', 'applicant_number', 'applicant_phone',
      'applicant_address', 'applicant_email', 'submitter_id', 'submitter_name', 'submitter_phone', 'submitter_relation', 'limit_halves', 'limit_unit', 'submitted_at', 'intake_due_at',
      'calendar_version', 'process', 'received_at', 'received_by_person', 'received_by_post', 'effective_start', 'due_original_at', 'due_law_at', 'due_at',
      'paused_at', 'awaited_until', 'proposed_at', 'ended_at', 'finance', 'hand_over', 'sync', 'provisional', 'explanation', 'sets', 'delivery', 'delivery_address', 'remark', 'secret', 'step', 'step_entered_at', 'step_due_at',
      'holder_unit_id', 'holder_post_id', 'approved_by_person', 'approved_by_post', 'refused_at', 'refused_by_person', 'refused_by_post',
      'refusal_ground', 'refusal_reason', 'refusal_basis', 'number', 'number_on', 'finished_at', 'returned_at', 'returned_by_person',
      'returned_by_post', 'recipient_kind', 'recipient_name', 'recipient_number', 'recipient_signature',
      'apology_kind', 'extensions', 'apologised_for', 'late_for', 'late_level',
      'first_contact_at', 'unmet_at', 'last_ended_at',
      'corrected_at', 'reopened_at',
    ],
  },
  step: {
    key: ['dossier_id', 'n'],
    columns: ['dossier_id', 'n', 'step', 'unit_id', 'post_id', 'entered_at', 'due_at', 'left_at', 'left_by_person', 'left_by_post', 'left_as', 'note'],
  },
  component: { key: ['dossier_id', 'n'], columns: ['dossier_id', 'n', 'name', 'originals', 'copies'] },
  attachment: { key: ['dossier_id', 'n'], columns: ['dossier_id', 'n', 'component', 'file_id', 'name', 'type', 'size'] },
  result: {
    key: ['dossier_id', 'n'],
    columns: [
      'dossier_id', 'n', 'kind', 'title', 'number', 'issued_on', 'file_id', 'file_name', 'file_type', 'file_size', 'template', 'template_version',
      'fields', 'approved_by_person',
      'approved_by_post', 'issued_by_person', 'issued_by_post', 'issued_at', 'replaces', 'replaced_by',
    ],
  },
  note: { key: ['dossier_id', 'n'], columns: ['dossier_id', 'n', 'at', 'by_person', 'by_post', 'text'] },
  form: { key: ['dossier_id'], columns: ['dossier_id', 'slug', 'version', 'answers'] },
  completion_request: { key: ['dossier_id', 'n'], columns: ['dossier_id', 'n', 'asked_at', 'by_person', 'by_post', 'items', 'reason', 'until', 'answered_at'] },
  result_draft: {
    key: ['dossier_id'],
    columns: ['dossier_id', 'drafted_at', 'by_person', 'by_post', 'kind', 'title', 'template', 'template_version', 'fields', 'file_id', 'file_name', 'file_type', 'file_size'],
  },
  apology_draft: { key: ['dossier_id'], columns: ['dossier_id', 'drafted_at', 'kind', 'reason', 'about', 'proposed_due_at'] },
  apology: {
    key: ['dossier_id', 'n'],
    columns: ['dossier_id', 'n', 'kind', 'number', 'sent_at', 'by_person', 'by_post', 'reason', 'explanation', 'about', 'due_at', 'timely'],
  },
  earlier_attempt: {
    key: keyed,
    columns: [
      'dossier_id', 'n', 'of', 'earlier_id', 'fate', 'first_contact_at', 'unmet_at', 'linked_at', 'linked_by_person', 'linked_by_post', 'reason', 'unlinked_at', 'unlinked_by_person',
      'unlinked_by_post', 'unlink_reason',
    ],
  },
  ...DETOUR_TABLES,
  code: { key: ['code'], columns: ['code', 'id', 'kind'] },
} as const satisfies Record<keyof Rows, { key: readonly string[]; columns: readonly string[] }>

export type TableName = keyof Rows
export const TABLE_NAMES = Object.keys(TABLES) as TableName[]
/** For replay, which compares every column that `rowsOf` fills. */
export const columnsOf = (table: TableName): readonly string[] => TABLES[table].columns
export const keyOf = (table: TableName): readonly string[] => TABLES[table].key

const INSTANTS = new Set(['at', 'effective_start', 'about', 'apologised_for', 'late_for'])
const isInstant = (column: string) => column.endsWith('_at') || INSTANTS.has(column)

/** The values of a row in the order of `columnsOf`, for a COPY. */
export const cellsOf = (table: TableName, row: Rows[TableName][number]): readonly Cell[] => {
  const values = row as Readonly<Record<string, Cell>>
  return columnsOf(table).map((column) => values[column] ?? null)
}

const MOMENTS: Readonly<Record<string, readonly string[]>> = Object.fromEntries(Object.entries(TABLES).map(([table, { columns }]) => [table, columns.filter(isInstant)]))

/** Moments as text: the database reads them itself. What stands inside the explanation stays as it is. */
const forDatabase = (table: TableName, rows: readonly object[]): string =>
  JSON.stringify(
    rows.map((row) => {
      const cells: Record<string, unknown> = { ...row }
      for (const column of MOMENTS[table] ?? []) {
        const at = cells[column]
        if (typeof at === 'number') cells[column] = new Date(at).toISOString()
      }
      return cells
    }),
  )

/** A piece of the statement. Its text depends on the key and on the number of its first value alone. */
type Part = { readonly key: string; readonly values: readonly unknown[]; readonly text: (first: number) => string }

const conflictOf = (table: TableName): string => {
  const { key, columns } = TABLES[table]
  const rest = columns.filter((c) => !(key as readonly string[]).includes(c)).map((c) => `${c} = excluded.${c}`)
  return ` on conflict (${key.join(', ')}) do update set ${rest.join(', ')}`
}

/** Any number of rows, as one JSON text. */
const rowsPart = (table: TableName, rows: readonly object[], update: boolean): Part => ({
  key: `${table} ${update ? 'put' : 'new'}`,
  values: [forDatabase(table, rows)],
  text: (n) => {
    const list = columnsOf(table).join(', ')
    return `insert into dossier.${table} (${list}) select ${list} from jsonb_populate_recordset(null::dossier.${table}, $${n}::jsonb)${update ? conflictOf(table) : ''}`
  },
})

const cellOf = (column: string, value: unknown): unknown =>
  typeof value === 'number' && isInstant(column) ? new Date(value).toISOString() : value !== null && typeof value === 'object' ? JSON.stringify(value) : value

const valuesOf = (columns: readonly string[], row: object): readonly unknown[] => columns.map((column) => cellOf(column, (row as Readonly<Record<string, unknown>>)[column]))

/** The one row of a new dossier, value by value: eighty columns cost the server a fifth more as JSON. */
const newRecordPart = (row: object): Part => {
  const columns = columnsOf('dossier')
  return { key: 'record', values: valuesOf(columns, row), text: (n) => `insert into dossier.dossier (${columns.join(', ')}) values (${columns.map((_, i) => `$${n + i}`).join(', ')})` }
}

/** Different sets of columns that acts changed so far. Each is a statement that every connection keeps prepared: some hundred are enough for what happens every day. */
const columnSets = new Set<string>()
const MOST_SETS = 200

/** The row of a dossier that is there, of which an act changes a dozen columns, mostly the same ones for the same act. */
const changedRecordPart = (old: object, now: object): readonly Part[] => {
  const was = old as Readonly<Record<string, unknown>>
  const is = now as Readonly<Record<string, unknown>>
  const columns = columnsOf('dossier').filter((c) => was[c] !== is[c] && JSON.stringify(was[c]) !== JSON.stringify(is[c]))
  if (columns.length === 0) return []
  const key = `${CHANGED}${columns.join(' ')}`
  if (!columnSets.has(key) && columnSets.size >= MOST_SETS) return [rowsPart('dossier', [now], true)]
  columnSets.add(key)
  const text = (n: number): string => `update dossier.dossier set ${columns.map((c, i) => `${c} = $${n + 1 + i}`).join(', ')} where id = $${n} returning 1`
  return [{ key, values: [is['id'], ...valuesOf(columns, now)], text }]
}

const CHANGED = 'changed '
const texts = new Map<string, string>()

/** One round trip for everything: a common table expression per table that has rows. */
const send = async (ctx: Ctx, parts: readonly Part[]): Promise<void> => {
  if (parts.length === 0) return
  const key = parts.map((part) => part.key).join(', ')
  const text = texts.get(key) ?? statementOf(parts)
  texts.set(key, text)
  const { rows } = await ctx.db.executeQuery<{ n: number }>(CompiledQuery.raw(text, parts.flatMap((part) => part.values)))
  // What happened would stand in the log, and in no list.
  if (rows[0]?.n !== 1) throw new Error('the row of a dossier is missing: rebuild the read models')
}

const statementOf = (parts: readonly Part[]): string => {
  let n = 1
  const expressions = parts.map((part, i) => {
    const text = `put_${i} as (${part.text(n)})`
    n += part.values.length
    return text
  })
  // Of a record that is changed it is told whether it was there.
  return `/* prepared */ with ${expressions.join(', ')} select ${parts[0]?.key.startsWith(CHANGED) === true ? '(select count(*)::int from put_0)' : '1'} as n`
}

const partsOf = (rows: { readonly [T in TableName]?: readonly object[] }, tables: readonly TableName[], update: boolean): readonly Part[] =>
  tables.flatMap((table) => {
    const filled = rows[table] ?? []
    return filled.length === 0 ? [] : [rowsPart(table, filled, update)]
  })

const RECORD_TABLES: readonly TableName[] = TABLE_NAMES.filter((table) => table !== 'code')

/** A new dossier, without its code. */
export const insertDossier = (ctx: Ctx, rows: Rows): Promise<void> =>
  send(ctx, [...rows.dossier.map(newRecordPart), ...partsOf({ ...rows, dossier: [] }, RECORD_TABLES, false)])

/** Many at once, codes too: the seed and a replay. */
export const putDossiers = (ctx: Ctx, rows: Rows): Promise<void> => send(ctx, partsOf(rows, TABLE_NAMES, true))

const changed = <T extends object>(old: readonly T[], now: readonly T[]): readonly T[] => {
  const known = new Set(old.map((row) => JSON.stringify(row)))
  return now.filter((row) => !known.has(JSON.stringify(row)))
}

const sameKey = (table: TableName, one: object, other: object | undefined): boolean =>
  other !== undefined && TABLES[table].key.every((column) => (one as Readonly<Record<string, unknown>>)[column] === (other as Readonly<Record<string, unknown>>)[column])

/** Rows whose key is there no more: a correction may take away a paper, a re-opening an end. */
const gone = (table: TableName, old: readonly object[], now: readonly object[]): readonly object[] => {
  // Rows keep their order: nearly always each stands where it stood.
  if (old.every((row, i) => sameKey(table, row, now[i]))) return []
  const idOf = (row: object) => TABLES[table].key.map((column) => String((row as Readonly<Record<string, unknown>>)[column])).join(' ')
  const kept = new Set(now.map(idOf))
  return old.filter((row) => !kept.has(idOf(row)))
}

/** Nothing to do for nearly every act. */
const takeOut = async (ctx: Ctx, before: Rows, after: Rows): Promise<void> => {
  for (const table of RECORD_TABLES) {
    const rows = gone(table, before[table], after[table])
    if (rows.length === 0) continue
    const matches = sql.join(TABLES[table].key.map((column) => sql`t.${sql.ref(column)} = g.${sql.ref(column)}`), sql` and `)
    await sql`delete from ${sql.table(`dossier.${table}`)} t using jsonb_populate_recordset(${sql.raw(`null::dossier.${table}`)}, ${forDatabase(table, rows)}::jsonb) g where ${matches}`.execute(ctx.db)
  }
}

/** What changed between two states of one dossier. */
export const saveChanges = async (ctx: Ctx, before: Rows, after: Rows): Promise<void> => {
  await takeOut(ctx, before, after)
  const rows = Object.fromEntries(RECORD_TABLES.map((table) => [table, changed<object>(before[table], after[table])]))
  const [old] = before.dossier
  const record = (rows['dossier'] ?? []).flatMap((now) => (old === undefined ? newRecordPart(now) : changedRecordPart(old, now)))
  await send(ctx, [...record, ...partsOf({ ...rows, dossier: [] }, RECORD_TABLES, true)])
}

/** What changed of many, at once. For acts that only add and change: @throws Error where a row of one would have to go, which `saveChanges` does one dossier at a time */
export const saveManyChanges = async (ctx: Ctx, changes: readonly { readonly before: Rows; readonly after: Rows }[]): Promise<void> => {
  for (const { before, after } of changes) {
    const lost = RECORD_TABLES.find((table) => gone(table, before[table], after[table]).length > 0)
    if (lost !== undefined) throw new Error(`a row of ${lost} vanishes in a bulk write`)
  }
  const rows = Object.fromEntries(RECORD_TABLES.map((table) => [table, changes.flatMap(({ before, after }) => changed<object>(before[table], after[table]))]))
  await send(ctx, partsOf(rows, RECORD_TABLES, true))
}

/** Those of them that nobody else has locked, locked until the end of the transaction. */
export const lockFree = async (ctx: Ctx, ids: readonly Uuid[]): Promise<readonly DossierState[]> =>
  [...(await readFree(ctx.db, 'dossier', ids))].flatMap(([id, events]) => fold(id, events.map(fromLogged)) ?? [])

/** The events of a dossier, personal values put back. Empty where there is none. */
export const readEvents = async (ctx: Ctx, id: Uuid): Promise<readonly Happened[]> => (await readStream(ctx.db, 'dossier', id)).map(fromLogged)

/** Locked until the end of the transaction, with how its division assigns today: two statements, sent together. @throws NotFound */
export const lockForAct = async (ctx: Ctx, id: Uuid): Promise<Locked & { readonly assignment: AssignmentSetting }> => {
  const loading = loadForUpdate(ctx, id)
  const ruling = sql<{ rule: AssignmentSetting['rule']; keepOfficer: boolean; fields: AssignmentSetting['fields'] }>`/* prepared */
    select rule, keep_officer as "keepOfficer", fields from process.pub_assignment_rule
     where unit_id = (select division_id from dossier.dossier where id = ${id}) and valid_from <= ${dateOf(ctx.now)}::date order by valid_from desc limit 1`.execute(ctx.db)
  const [locked, { rows }] = await Promise.all([loading, ruling])
  return { ...locked, assignment: rows[0] ?? MANUAL }
}

/** `head`: of its stream, for `appendTo`. */
export type Locked = { readonly state: DossierState; readonly head: Head }

/** Locked until the end of the transaction, by the head of its stream, which every change of a dossier moves. @throws NotFound */
export const loadForUpdate = async (ctx: Ctx, id: Uuid): Promise<Locked> => {
  const stream = await readForUpdate(ctx.db, 'dossier', id)
  const state = stream === undefined ? undefined : fold(id, stream.events.map(fromLogged))
  if (stream === undefined || state === undefined) throw new NotFound(`dossier ${id}`)
  return { state, head: stream.head }
}

/** @throws NotFound */
export const loadState = async (ctx: Ctx, id: Uuid): Promise<DossierState> => {
  const state = fold(id, await readEvents(ctx, id))
  if (state === undefined) throw new NotFound(`dossier ${id}`)
  return state
}

/**
 * The next code of an agency on a day, without gaps: the counter's row stays locked until the end, so this is the last thing but the log (decision 18).
 * @param agency code of the place of reception
 */
export const takeCode = async (ctx: Ctx, id: Uuid, agency: string, day: PlainDate): Promise<string> => {
  const { prefix, digits } = dossierCodeForm(canonicalAgencyCode(agency), day)
  const { rows } = await sql<{ code: string }>`/* prepared */
    with taken as (
      insert into dossier.code_counter as c (agency, day, last) values (${agency}, ${day}::date, 1)
      on conflict (agency, day) do update set last = c.last + 1 returning last)
    insert into dossier.code (code, id, kind)
    select ${prefix}::text || lpad(last::text, greatest(${digits}::int, length(last::text)), '0'), ${id}::uuid, 'dossier' from taken
    returning code`.execute(ctx.db)
  return rows[0]!.code
}
