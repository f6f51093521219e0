/** From a dossier to what its result prints: names of the day, who signs, who issues. */
import { NotFound } from '#kernel/errors.ts'
import { type PlainDate, dateOf } from '#kernel/plain-date.ts'
import { getRevision } from '#modules/catalogue'
import { findDelegateTitle, getUnit, listUnits, unitNameOn } from '#modules/organisation'
import type { Ctx } from '#platform/ctx.ts'
import type { By } from '../lifecycle/custody.ts'
import type { DossierState } from '../lifecycle/state.ts'
import { findNames } from '../names.ts'
import { placeName } from '../papers/open-for-print.ts'
import { authorOf } from './authority.ts'
import type { ResultFacts } from './result-paper.ts'
import { findTemplate } from './shipped-templates.ts'
import type { ResultTemplate } from './template.ts'

/** @param issued null: a draft. @throws NotFound where there is no draft by a template of ours */
export const readResult = async (ctx: Ctx, state: DossierState, issued: ResultFacts['issued']): Promise<ResultFacts> => {
  const template = draftTemplate(state)
  if (template === undefined || state.resultDraft === null || state.code === null || state.receivedAt === null) throw new NotFound(`draft of ${state.id}`)
  const day = issued?.on ?? dateOf(ctx.now)
  const revision = await getRevision(ctx, state.revisionId)
  const agency = await unitNameOn(ctx, state.agencyId, day)
  const division = await unitNameOn(ctx, state.divisionId, day)
  const ofDivision = template.issuer === 'division'
  const { kind } = await getUnit(ctx, state.agencyId)
  return {
    template,
    fields: state.resultDraft.fields,
    issued,
    parent: ofDivision ? agency.name : await cityName(ctx),
    issuer: ofDivision ? division.name : agency.name,
    committee: kind.endsWith('-committee') ? 'Ủy ban nhân dân' : null,
    agency: agency.name,
    division: division.name,
    place: await placeName(ctx),
    procedure: revision.name,
    code: state.code,
    receivedOn: dateOf(state.receivedAt),
    signer: state.approvedBy === null ? null : await signerOf(ctx, state.approvedBy, day),
    asOf: state.resultDraft.at,
  }
}

/** The template of the draft; undefined: none, or it was written elsewhere. */
export const draftTemplate = (state: Pick<DossierState, 'resultDraft'>): ResultTemplate | undefined => {
  const slug = state.resultDraft?.template?.slug
  return slug === undefined ? undefined : findTemplate(slug)
}

/** Letters of the agency in a symbol, by its name on the day. */
export const authorOn = async (ctx: Ctx, state: Pick<DossierState, 'agencyId'>, day: PlainDate): Promise<string> => authorOf((await unitNameOn(ctx, state.agencyId, day)).name)

export const cityName = async (ctx: Ctx): Promise<string> => (await listUnits(ctx, { kinds: ['city-committee'] }))[0]?.name ?? ''

const signerOf = async (ctx: Ctx, by: By, day: PlainDate): Promise<ResultFacts['signer']> => {
  const names = await findNames(ctx, [by.personId])
  const name = names.person(by.personId)
  const delegateTitle = by.delegationId === undefined ? undefined : await findDelegateTitle(ctx, by.delegationId, by.personId, day)
  return name === null ? null : { title: names.post(by.postId) ?? '', name, ...(delegateTitle !== undefined && { delegateTitle }) }
}
