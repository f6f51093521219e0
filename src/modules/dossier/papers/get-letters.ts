/** What forms 02 and 03 say: of a dossier filed on line, or of what was said at the counter before there was one. */
import { NotFound } from '#kernel/errors.ts'
import type { Uuid } from '#kernel/ids.ts'
import { type Instant, dateOf } from '#kernel/plain-date.ts'
import { findCurrentRevision, getRevision } from '#modules/catalogue'
import type { Ctx } from '#platform/ctx.ts'
import { getGuidance } from '../guidance/find-guidance.ts'
import type { By } from '../lifecycle/custody.ts'
import type { RefusalGround } from '../lifecycle/intake.ts'
import type { DossierState } from '../lifecycle/state.ts'
import { findNames } from '../names.ts'
import { supplementReason } from '../supplement/reasons.ts'
import { printedFormAt } from './layouts/find-layouts.ts'
import type { CompletionRequestLetter, RefusalLetter } from './letter-data.ts'
import { type PrintedFor, deskPrinted, openForPrint } from './open-for-print.ts'

const GROUND_WORDS: Record<RefusalGround, string | null> = {
  'not-competent': 'Không thuộc thẩm quyền giải quyết của cơ quan',
  'not-eligible': 'Không đủ điều kiện theo quy định',
  'incomplete-after-request': 'Hồ sơ vẫn chưa đầy đủ sau khi đã được hướng dẫn hoàn thiện',
  duplicate: 'Trùng với hồ sơ khác đang được giải quyết',
  other: null,
}

/** QUERY. Form 02: the last request, before reception or in examination. @throws Forbidden · NotFound where nothing was asked for */
export const getCompletionRequest = async (ctx: Ctx, id: Uuid, printedFor: PrintedFor = 'office'): Promise<CompletionRequestLetter> => {
  const state = await openForPrint(ctx, id, printedFor)
  const supplement = state.supplements.findLast((s) => s.requested !== null)
  if (supplement?.requested != null) {
    const items = supplement.items.map(({ place, reason, text }) => `${place.title}${place.kind === 'paper' && place.page !== null ? `, trang ${place.page}` : ''}: ${supplementReason(reason).toLowerCase()}. ${text}`)
    return { ...(await ofDossier(ctx, state, 'SUPPLEMENT', supplement.requested)), items, reason: 'Qua thẩm định, hồ sơ có nội dung phải bổ sung, sửa đổi', until: supplement.until }
  }
  const asked = state.completionRequests.at(-1)
  if (asked === undefined) throw new NotFound(`completion request of ${id}`)
  return { ...(await ofDossier(ctx, state, 'SUPPLEMENT', asked)), items: asked.items, reason: asked.reason, until: asked.until }
}

/** QUERY. @throws Forbidden · NotFound where it was not refused */
export const getRefusal = async (ctx: Ctx, id: Uuid, printedFor: PrintedFor = 'office'): Promise<RefusalLetter> => {
  const state = await openForPrint(ctx, id, printedFor)
  if (state.refusal === null) throw new NotFound(`refusal of ${id}`)
  const { ground, reason, legalBasis } = state.refusal
  return { ...(await ofDossier(ctx, state, 'REFUSAL', state.refusal)), ground: GROUND_WORDS[ground], reason, legalBasis }
}

export type GuidanceLetter = { readonly kind: 'completion'; readonly letter: CompletionRequestLetter } | { readonly kind: 'refusal'; readonly letter: RefusalLetter }

/** QUERY. For the desk that gave it. @throws Forbidden, NotFound */
export const getGuidanceLetter = async (ctx: Ctx, id: Uuid): Promise<GuidanceLetter> => {
  const given = await getGuidance(ctx, id)
  const day = dateOf(given.at)
  const form = await printedFormAt(ctx, given.kind === 'completion' ? 'SUPPLEMENT' : 'REFUSAL', given.at)
  if (form === undefined) throw new NotFound(`form of guidance ${id}`)
  const revision = given.procedureCode === null ? undefined : await findCurrentRevision(ctx, given.procedureCode)
  const common = {
    form,
    code: null,
    desk: await deskPrinted(ctx, given.deskId, given.agencyId, day),
    person: given.person,
    procedure: revision === undefined ? null : { code: revision.code, name: revision.name },
    reason: given.reason,
    at: given.at,
    by: await nameOf(ctx, given.by),
  }
  return given.kind === 'completion' ? { kind: 'completion', letter: { ...common, items: given.items, until: null } } : { kind: 'refusal', letter: { ...common, ground: null, legalBasis: given.legalBasis } }
}

const ofDossier = async (ctx: Ctx, state: DossierState, slug: 'SUPPLEMENT' | 'REFUSAL', act: { readonly at: Instant; readonly by: By }) => {
  const day = dateOf(act.at)
  const form = await printedFormAt(ctx, slug, act.at)
  if (form === undefined) throw new NotFound(`${slug} of ${state.id}`)
  const revision = await getRevision(ctx, state.revisionId)
  const { name, address, phone, email } = state.applicant
  return {
    form,
    code: state.code,
    desk: await deskPrinted(ctx, state.deskId, state.receivingAgencyId, day),
    person: { name, address, phone, email },
    procedure: { code: state.procedureCode, name: revision.name },
    at: act.at,
    by: await nameOf(ctx, act.by),
  }
}

const nameOf = async (ctx: Ctx, by: By): Promise<string> => (await findNames(ctx, [by.personId])).person(by.personId) ?? ''
