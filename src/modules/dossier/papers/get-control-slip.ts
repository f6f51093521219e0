import { NotFound } from '#kernel/errors.ts'
import type { Uuid } from '#kernel/ids.ts'
import { dateOf } from '#kernel/plain-date.ts'
import { getRevision } from '#modules/catalogue'
import type { Ctx } from '#platform/ctx.ts'
import type { Custody } from '../lifecycle/custody.ts'
import { openReopening } from '../lifecycle/reopening.ts'
import { endedAtOf } from '../lifecycle/tracks.ts'
import { namesInFull } from '../consultation/consultable-units.ts'
import { findNames } from '../names.ts'
import { stepTitle } from '../step-title.ts'
import { type ControlSlip, controlRows, outcomeOf } from './control-slip-data.ts'
import { printedFormAt } from './layouts/find-layouts.ts'
import { deskPrinted, openForPrint } from './open-for-print.ts'

/** QUERY. The control slip, in the form of the day of reception; the reading is recorded. @throws Forbidden outside the units concerned · NotFound, also before it was received */
export const getControlSlip = async (ctx: Ctx, id: Uuid): Promise<ControlSlip> => {
  const state = await openForPrint(ctx, id, 'office')
  const { receivedAt, code } = state
  if (receivedAt === null || code === null) throw new NotFound(`control slip of ${id}`)
  const day = dateOf(receivedAt)
  const form = await printedFormAt(ctx, 'CONTROL_SLIP', receivedAt)
  if (form === undefined) throw new NotFound(`control slip of ${id}`)
  const revision = await getRevision(ctx, state.revisionId)
  const names = await findNames(ctx, state.custody.map((c) => c.leftBy?.personId ?? null))
  const consulted = await namesInFull(ctx, state.consultations.flatMap((c) => (c.recalled === null ? [c.unitId] : [])), state.agencyId)
  const place = (c: Custody) => names.unit(c.unitId) ?? ''
  const giver = (c: Custody) => [names.person(c.leftBy?.personId ?? null), place(c)].filter((part) => part !== null && part !== '').join(', ')
  // Whoever passed it on had it, unless it lay with one post and another acted (a head's approval, a correction); before that the post that it was given to, else the unit at its step.
  const heldByAnother = (c: Custody) => c.leftBy === null || (c.postId !== null && c.leftBy.postId !== null && c.leftBy.postId !== c.postId)
  const taker = (c: Custody) => (heldByAnother(c) ? [names.post(c.postId) ?? stepTitle(c.step), place(c)].join(', ') : giver(c))
  const applicant = state.submitter?.name ?? state.applicant.name
  const handOvers = [state.handOver, ...state.reopenings.map((r) => r.handOver)]
  const rows = controlRows(state.custody, { giver, taker, applicant, recipientAt: (at) => handOvers.find((h) => h?.at === at)?.recipient.name ?? null })
  return {
    form,
    code,
    desk: await deskPrinted(ctx, state.deskId, state.receivingAgencyId, day),
    handledBy: names.unit(state.divisionId) ?? '',
    coordinatedBy: [...new Set(consulted.values())],
    applicant: state.applicant.name,
    procedure: { code: state.procedureCode, name: revision.name },
    receivedAt,
    dueAt: state.dueAt,
    extensions: state.apologies.flatMap(({ kind, number, about }) => (kind === 'extension' ? [{ number, about }] : [])),
    moved: state.dueChanges.flatMap(({ kind, at, from }) => (kind === 'correction' || (kind === 'reopening' && openReopening(state) !== undefined) ? [{ by: kind, at, before: from }] : [])),
    finishedAt: state.finishedAt,
    outcome: outcomeOf(state.finishedAt === null ? null : endedAtOf(state), state.dueAt),
    rows,
    asOf: rows.at(-1)?.at ?? receivedAt,
  }
}
