/** What a consultation says to officers: to who leads the unit that is asked, when it is asked and before its time runs out; to who examines, when a question is closed. */
import type { Uuid } from '#kernel/ids.ts'
import { type Instant, dateOf } from '#kernel/plain-date.ts'
import { ROLES, roleCarries } from '#modules/access'
import type { News } from '#modules/notification'
import type { Ctx } from '#platform/ctx.ts'
import { sql } from '#platform/db/db.ts'
import { actingIn } from './acting-in.ts'
import type { DossierFacts, Told } from './message-for.ts'

const KINDS: Readonly<Record<string, string>> = {
  'dossier.consultation-asked': 'consultation-asked',
  'dossier.consultation-reminded': 'consultation-reminder',
  'dossier.consultation-answered': 'consultation-closed',
  'dossier.consultation-lapsed': 'consultation-closed',
}
export const isConsultationNews = (type: string): boolean => KINDS[type] !== undefined

/** Who leads is told, not everybody who could answer: one message, not five. */
const LEADING = ['unit-leader', 'chair', 'signer', ...ROLES.filter((role) => roleCarries(role, 'dossier.advise'))]

export const consultationNews = async (ctx: Ctx, event: Told, dossier: Pick<DossierFacts, 'code' | 'procedure' | 'desk'>): Promise<readonly News[]> => {
  const kind = KINDS[event.type]!
  const closed = kind === 'consultation-closed'
  const about = { cause: `${event.stream}:${event.seq}`, at: event.at, dossierId: event.stream, code: dossier.code, kind, ...(kind === 'consultation-reminder' && { urgent: true }) }
  const rows = closed ? await examiners(ctx, event) : await leaders(ctx, event)
  const acting = await actingIn(ctx, rows.map((row) => row.postId))
  const told = rows.flatMap((row) => acting(row.postId, row.procedureCode).map((personId) => ({ ...row, personId })))
  return told.map(({ personId, unit, asker, dueAt }) => ({
    ...about,
    personId,
    facts: {
      procedure: dossier.procedure,
      desk: dossier.desk,
      ...(closed
        ? { unit, answered: event.type === 'dossier.consultation-answered' ? { at: event.at } : null, silent: event.type === 'dossier.consultation-lapsed' ? { at: dueAt } : null }
        : { due: { at: dueAt }, asker, path: '/xu-ly/lay-y-kien' }),
    },
  }))
}

type Row = { readonly postId: Uuid; readonly procedureCode: string; readonly unit: string; readonly asker: string; readonly dueAt: Instant }

/** Numbers of the questions that an event is about. */
const numbersIn = ({ data }: Told): readonly number[] => {
  const { n, asked } = data as { readonly n?: number; readonly asked?: readonly { readonly n: number }[] }
  return asked?.map((one) => one.n) ?? (n === undefined ? [] : [n])
}

const leaders = async (ctx: Ctx, event: Told): Promise<readonly Row[]> => {
  const today = dateOf(ctx.now)
  const { rows } = await sql<Row>`
    select h.post_id as "postId", d.procedure_code as "procedureCode", u.name as unit, concat_ws(', ', b.name, case when b.agency_id <> u.agency_id then a.name end) as asker, q.due_at as "dueAt"
      from dossier.consultation q
      join dossier.dossier d on d.id = q.dossier_id
      join organisation.pub_unit u on u.id = q.unit_id
      join organisation.pub_unit b on b.id = d.division_id
      join organisation.pub_unit a on a.id = b.agency_id
      join lateral (
        select p.post_id, rank() over (order by array_position(${LEADING}::text[], p.role)) as first
          from organisation.pub_held_post p
         where p.unit_id = q.unit_id and p.role = any(${LEADING}::text[]) and p.valid_from <= ${today}::date and (p.valid_to is null or p.valid_to > ${today}::date)) h on h.first = 1
     where q.dossier_id = ${event.stream} and q.n = any(${numbersIn(event)}::int[]) and q.open
     order by q.n, h.post_id`.execute(ctx.db)
  return rows
}

/** Whoever has it in examination, or had it last. */
const examiners = async (ctx: Ctx, event: Told): Promise<readonly Row[]> => {
  const { rows } = await sql<Row>`
    select e.post_id as "postId", d.procedure_code as "procedureCode", u.name as unit, '' as asker, q.due_at as "dueAt"
      from dossier.consultation q
      join dossier.dossier d on d.id = q.dossier_id
      join organisation.pub_unit u on u.id = q.unit_id
      join lateral (select s.post_id from dossier.step s where s.dossier_id = q.dossier_id and s.step = 'HANDLE' order by s.n desc limit 1) e on e.post_id is not null
     where q.dossier_id = ${event.stream} and q.n = any(${numbersIn(event)}::int[])`.execute(ctx.db)
  return rows
}
