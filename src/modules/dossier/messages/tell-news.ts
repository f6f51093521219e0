import type { Uuid } from '#kernel/ids.ts'
import { dateOf } from '#kernel/plain-date.ts'
import { queueNews, settleNews } from '#modules/notification'
import type { Ctx } from '#platform/ctx.ts'
import { sql } from '#platform/db/db.ts'
import type { DeliveredEvent, Subscription } from '#platform/log/subscriptions.ts'
import { actingIn } from './acting-in.ts'
import { consultationNews, isConsultationNews } from './consultation-news.ts'
import { type DossierFacts, formerApplicantIn, isNews, levelIn, messagesFor, postIn } from './message-for.ts'

/** What is older is no news: after a long stop, and where a log is read again whose messages were not kept, nobody is told of last week as if it were now. */
const FRESH_MS = 2 * 86_400_000

/**
 * SUBSCRIPTION. What happens to a dossier is told to whom it concerns. Each event leads to a message once for ever, however often it is delivered: the
 * delivery record knows its cause, and is no read model. Reading the log again therefore empties nothing and sends nothing.
 */
export const dossierMessages: Subscription = {
  name: 'dossier-messages',
  handle: async (ctx, events) => {
    const fresh = events.filter((event) => event.kind === 'dossier' && (isNews(event.type) || isConsultationNews(event.type)) && ctx.now - event.at < FRESH_MS)
    if (fresh.length === 0) return
    const facts = await factsOf(ctx, fresh)
    // One after the other: what happened later is combined with what waits.
    for (const event of fresh) {
      const dossier = facts(event)
      if (dossier === undefined) continue
      const { news, settles } = messagesFor(event, dossier)
      if (settles.length > 0) await settleNews(ctx, [{ dossierId: event.stream, kinds: settles }])
      await queueNews(ctx, [...news, ...(isConsultationNews(event.type) ? await consultationNews(ctx, event, dossier) : [])])
    }
  },
  reset: async () => {},
}

type Row = Omit<DossierFacts, 'holders' | 'escalatedTo' | 'lost'> & { readonly id: Uuid; readonly procedureCode: string; readonly holderPostId: Uuid | null; readonly divisionId: Uuid; readonly agencyId: Uuid }

/** Undefined for a dossier whose year was detached meanwhile. */
const factsOf = async (ctx: Ctx, events: readonly DeliveredEvent[]): Promise<(event: DeliveredEvent) => DossierFacts | undefined> => {
  const ids = [...new Set(events.map((event) => event.stream))]
  const { rows } = await sql<Row>`/* prepared */
    select d.id, c.code, r.name as procedure, u.name as desk, coalesce(d.submitter_id, d.applicant_id) as "recipientId", d.delivery, d.due_at as "dueAt",
           d.procedure_code as "procedureCode", d.holder_post_id as "holderPostId", d.division_id as "divisionId", d.agency_id as "agencyId"
      from dossier.dossier d
      join dossier.code c on c.id = d.id and c.kind = 'dossier'
      join catalogue.pub_revision r on r.id = d.revision_id
      join organisation.pub_unit u on u.id = d.desk_id
     where d.id = any(${ids}::uuid[])`.execute(ctx.db)
  const byId = new Map(rows.map((row) => [row.id, row]))
  const watchers = events.some((event) => levelIn(event) !== null) ? await watchersOf(ctx, rows) : []
  const lost = await withAccount(ctx, events.flatMap((event) => formerApplicantIn(event) ?? []))
  const posts = [...events.flatMap((event) => postIn(event) ?? []), ...rows.flatMap((row) => row.holderPostId ?? []), ...watchers.map((w) => w.postId)]
  const acting = await actingIn(ctx, [...new Set(posts)])
  return (event) => {
    const row = byId.get(event.stream)
    if (row === undefined) return undefined
    const { id: _, procedureCode, holderPostId, divisionId, agencyId, ...facts } = row
    const inPosts = (ids: readonly (Uuid | null)[]) => [...new Set(ids.flatMap((post) => (post === null ? [] : acting(post, procedureCode))))]
    const level = levelIn(event)
    const before = level === null ? [] : level === 'officer' ? [holderPostId] : watchers.filter((w) => watches(w, level, { divisionId, agencyId })).map((w) => w.postId)
    return { ...facts, holders: inPosts([postIn(event)]), escalatedTo: inPosts(before), lost }
  }
}

/** Of these people those who can sign in: the others had nothing that they could lose. */
const withAccount = async (ctx: Ctx, people: readonly Uuid[]): Promise<ReadonlySet<Uuid>> => {
  if (people.length === 0) return new Set()
  const { rows } = await sql<{ id: Uuid }>`select person_id as id from access.pub_account where person_id = any(${people}::uuid[]) and disabled_at is null`.execute(ctx.db)
  return new Set(rows.map((row) => row.id))
}

type Watcher = { readonly postId: Uuid; readonly role: string; readonly unitId: Uuid; readonly agencyId: Uuid; readonly ofCity: boolean }

/** Posts before which something late can come: who leads the division, the control office, the chair of the agency and of the city. */
const watchersOf = async (ctx: Ctx, dossiers: readonly Pick<Row, 'divisionId' | 'agencyId'>[]): Promise<readonly Watcher[]> => {
  const today = dateOf(ctx.now)
  const { rows } = await sql<Watcher>`
    select h.post_id as "postId", h.role, h.unit_id as "unitId", h.agency_id as "agencyId", u.kind = 'city-committee' as "ofCity"
      from organisation.pub_held_post h join organisation.pub_unit u on u.id = h.agency_id
     where h.valid_from <= ${today}::date and (h.valid_to is null or h.valid_to > ${today}::date)
       and (h.role = 'control-officer' or (h.role = 'unit-leader' and h.unit_id = any(${dossiers.map((d) => d.divisionId)}::uuid[]))
            or (h.role = 'chair' and (u.kind = 'city-committee' or h.agency_id = any(${dossiers.map((d) => d.agencyId)}::uuid[]))))`.execute(ctx.db)
  return rows
}

const ROLE_AT = { leader: 'unit-leader', control: 'control-officer', chair: 'chair' } as const

const watches = (w: Watcher, level: keyof typeof ROLE_AT, dossier: Pick<Row, 'divisionId' | 'agencyId'>): boolean =>
  w.role === ROLE_AT[level] && (level === 'control' || (level === 'leader' ? w.unitId === dossier.divisionId : w.ofCity || w.agencyId === dossier.agencyId))
