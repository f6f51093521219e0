/** What register and search may be asked for, and the conditions in SQL that it makes, of `dossier.dossier d`. */
import { type Uuid, uuidv7Floor } from '#kernel/ids.ts'
import { type Instant, type PlainDate, addDays, dayNumber, instantAt } from '#kernel/plain-date.ts'
import { fold, tidy } from '#kernel/text.ts'
import { searchProcedures } from '#modules/catalogue'
import { canonicalDossierCode } from '#modules/process'
import type { Ctx } from '#platform/ctx.ts'
import { sql } from '#platform/db/db.ts'
import type { Channel } from '../lifecycle/state.ts'
import type { Status } from '../lifecycle/status.ts'
import { type Lateness, latenessOf, wasLate, wasLateByLaw } from './lateness.ts'

export type RegisterFilter = {
  /** Only this desk, division or agency, inside what one may see. */
  readonly unitId?: Uuid
  /** Days of reception, both included. */
  readonly from?: PlainDate
  readonly to?: PlainDate
  readonly procedureCode?: string
  /** 'open': still with somebody. 'done': the result was handed over, or it ended otherwise. */
  readonly status?: Status | 'open' | 'done'
  /** 'was-late': done, after its promise; 'was-late-by-law': after the date that no letter of apology moves. */
  readonly lateness?: Lateness | 'was-late' | 'was-late-by-law'
  readonly step?: string
  readonly channel?: Channel
  /** A post. Open work: who has it, 'none' = nobody yet. Else: through whose hands it went. */
  readonly officer?: Uuid | 'none'
  /** Leave out what was never received: the register proper (Sổ theo dõi). */
  readonly receivedOnly?: boolean
  /** A whole code, a name with or without accents, a phone or a twelve-digit number, words of a procedure's name. */
  readonly text?: string
  /** The page after this dossier; they go from the newest back. */
  readonly after?: Uuid
}

type Condition = ReturnType<typeof sql<boolean>>

/** A year: no online submission waits longer between its id (filing) and its reception. */
const LONGEST_WAIT_DAYS = 366

/** Only open ones can fit it. */
export const asksOpen = (filter: RegisterFilter): boolean =>
  filter.status === 'open' || (filter.lateness !== undefined && !filter.lateness.startsWith('was-late')) || filter.step !== undefined

export const conditionsOf = (filter: RegisterFilter, now: Instant): readonly Condition[] => {
  const open = asksOpen(filter)
  return [
    // The literal predicate of the partial indexes.
    ...(open ? [sql<boolean>`d.open`] : []),
    ...(filter.status === 'done' ? [sql<boolean>`not d.open`] : filter.status === undefined || filter.status === 'open' ? [] : [sql<boolean>`d.status = ${filter.status}`]),
    ...(filter.lateness === undefined ? [] : [filter.lateness === 'was-late' ? wasLate : filter.lateness === 'was-late-by-law' ? wasLateByLaw : sql<boolean>`${latenessOf(now)} = ${filter.lateness}`]),
    ...(filter.step === undefined ? [] : [sql<boolean>`d.step = ${filter.step}`]),
    ...(filter.channel === undefined ? [] : [sql<boolean>`d.channel = ${filter.channel}`]),
    ...(filter.procedureCode === undefined ? [] : [sql<boolean>`d.procedure_code = ${filter.procedureCode}`]),
    ...(filter.receivedOnly === true ? [sql<boolean>`d.received_at is not null`] : []),
    ...(filter.officer === undefined ? [] : [officerIs(filter.officer, open)]),
    ...daysOf(filter),
  ]
}

const officerIs = (officer: Uuid | 'none', open: boolean): Condition => {
  if (officer === 'none') return sql<boolean>`d.holder_post_id is null`
  if (open) return sql<boolean>`d.holder_post_id = ${officer}`
  return sql<boolean>`exists (select from dossier.step s where s.dossier_id = d.id and (s.post_id = ${officer} or s.left_by_post = ${officer}))`
}

/** By the day of reception; the bounds on the id, which was made before it, only keep the reading short. */
const daysOf = ({ from, to }: RegisterFilter): readonly Condition[] => [
  ...(from === undefined ? [] : [sql<boolean>`d.received_on >= ${from}::date and d.id >= ${uuidv7Floor(instantAt(dayNumber(from) - LONGEST_WAIT_DAYS))}::uuid`]),
  ...(to === undefined ? [] : [sql<boolean>`d.received_on <= ${to}::date and d.id < ${uuidv7Floor(instantAt(dayNumber(addDays(to, 1))))}::uuid`]),
]

/** `cheap` decides of a row in hand, `indexed` finds rows; both say the same. Undefined: a row found by key needs no walk. */
export type TextMatch = { readonly indexed: Condition; readonly cheap?: Condition }

/** Undefined: nothing that could be searched for. */
export const matchText = async (ctx: Ctx, text: string | undefined): Promise<TextMatch | 'nothing' | undefined> => {
  const q = tidy(text ?? '')
  if (q === '') return undefined
  const digits = q.replace(/[\s.]/g, '')
  if (/^[A-Za-z0-9.]+-\d{6,8}-\d+$/.test(digits)) return { indexed: sql<boolean>`d.id = (select id from dossier.code where code = ${canonicalDossierCode(q)})` }
  if (/^\+?\d{9,12}$/.test(digits)) return byNumber(ctx, digits)
  const words = fold(q).split(/[^a-z0-9]+/u).filter((word) => word !== '')
  if (words.every((word) => word.length < 2)) return 'nothing'
  const codes = await proceduresNamed(ctx, words)
  return { indexed: sql<boolean>`(${nameIndexed(words)} ${orProcedure(codes)})`, cheap: sql<boolean>`(${nameCheap(words)} ${orProcedure(codes)})` }
}

const orProcedure = (codes: readonly string[]) => (codes.length === 0 ? sql`` : sql`or d.procedure_code = any(${codes}::text[])`)

/** Of the person as known today, or as said by who filed for somebody not on record: few, so their ids are read first and the dossiers by them. */
const byNumber = async (ctx: Ctx, digits: string): Promise<TextMatch | 'nothing'> => {
  const phone = digits.replace(/^\+?84(?=\d{9}$)/, '0')
  const { rows } = await sql<{ id: Uuid }>`
    (select id from organisation.pub_person where personal_number = ${digits} or phone = ${phone} limit 200)
    union (select d.applicant_id from dossier.dossier d where d.applicant_number = ${digits} and d.submitter_id is not null and d.submitted_at is not null limit 200)`.execute(ctx.db)
  return rows.length === 0 ? 'nothing' : { indexed: sql<boolean>`d.applicant_id = any(${rows.map((r) => r.id)}::uuid[])` }
}

/** Every word whole, the last one perhaps still being typed. */
const nameIndexed = (words: readonly string[]) =>
  sql`to_tsvector('simple', d.applicant_fold) @@ to_tsquery('simple', ${words.map((word, i) => (i === words.length - 1 ? `${word}:*` : word)).join(' & ')})`

/** The same without parsing the name: some 15 times cheaper a row. `&`, brackets, commas stand for blanks, as they do for the parser. */
const nameCheap = (words: readonly string[]) =>
  sql.join(
    words.map((word, i) => sql`' ' || translate(d.applicant_fold, '&(),./-"', '        ') || ' ' like ${i === words.length - 1 ? `% ${word}%` : `% ${word} %`}`),
    sql` and `,
  )

const MOST_PROCEDURES = 40

/** Procedures in whose name all the words stand; one word alone is rather a person's. */
const proceduresNamed = async (ctx: Ctx, words: readonly string[]): Promise<readonly string[]> => {
  if (words.length < 2) return []
  const { procedures } = await searchProcedures(ctx, { q: words.join(' '), limit: MOST_PROCEDURES })
  return procedures.filter(({ name }) => words.every((word) => ` ${fold(name)}`.includes(` ${word}`))).map((p) => p.code)
}
