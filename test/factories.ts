/** A city as small as a test needs, made by the program's own commands. Everything invented; every call makes something new. */
import { randomBytes } from 'node:crypto'
import { type Uuid, uuidv7 } from '#kernel/ids.ts'
import { type Instant, plainDate } from '#kernel/plain-date.ts'
import type { Result } from '#kernel/result.ts'
import type { Role } from '#modules/access'
import { type ProcedureRevision, getCurrentRevision, importProcedures } from '#modules/catalogue'
import {
  type AssignDossier,
  type ReceiveDossier,
  type ReceivedDossier,
  approveDossier,
  assignDossier,
  forwardDossier,
  getDossierView,
  issueResult,
  receiveDossier,
  returnResult,
  takeDossier,
} from '#modules/dossier'
import { type Unit, createPost, fillPost, foundUnit, getUnit, registerPerson } from '#modules/organisation'
import type { Actor, Ctx, HeldPost } from '#platform/ctx.ts'
import { SYSTEM } from './db.ts'
import { catalogueLines, kiteRecord } from './kite-permit.ts'

export const key = (now: Instant): Uuid => uuidv7(now, randomBytes(10))

/** The value of a result that the test relies on. @throws Error with the refusal */
export const must = <T>(result: Result<T, unknown>): T => {
  if (!result.ok) throw new Error(`refused: ${JSON.stringify(result.error)}`)
  return result.value
}

const FROM = plainDate('2018-07-01')
const asSystem = (ctx: Ctx): Ctx => ({ ...ctx, actor: SYSTEM })

export type Officer = Extract<Actor, { kind: 'person' }>

let serial = 0
/** Numbers that nobody else in this test run has. */
const nextNumber = (): number => {
  serial += 1
  return process.pid * 1_000 + serial
}

/** An applicant. */
export const newCitizen = async (ctx: Ctx, details: { name?: string; phone?: string | null; personalNumber?: string | null; address?: string } = {}): Promise<Uuid> => {
  const n = String(nextNumber()).padStart(9, '0').slice(-9)
  const { personId } = await registerPerson(asSystem(ctx), {
    submissionKey: key(ctx.now),
    kind: 'individual',
    name: details.name ?? 'Nguyễn Đăng Diều',
    personalNumber: details.personalNumber === undefined ? `046${n}` : details.personalNumber,
    phone: details.phone === undefined ? `0${n}` : details.phone,
    birthOn: plainDate('1990-01-01'),
    gender: 'male',
    address: details.address ?? 'Số 1 Lê Lợi',
    email: null,
  })
  return personId
}

/** A post in the unit and a person who holds it. */
export const newOfficer = async (ctx: Ctx, unit: Unit, role: Role, name = 'Hoàng Thị Sáo'): Promise<Officer> => {
  const system = asSystem(ctx)
  const personId = await newCitizen(ctx, { name, phone: null })
  const { postId } = must(await createPost(system, { submissionKey: key(ctx.now), unitId: unit.id, role, title: TITLES[role] ?? role, validFrom: FROM }))
  must(await fillPost(system, { submissionKey: key(ctx.now), postId, personId, from: FROM, to: null }))
  const post: HeldPost = { postId, role, unitId: unit.id, agencyId: unit.agencyId }
  return { kind: 'person', userId: key(ctx.now), personId, posts: [post] }
}

const TITLES: Partial<Record<Role, string>> = {
  'desk-officer': 'Công chức tiếp nhận',
  'case-officer': 'Công chức tư pháp – hộ tịch',
  'unit-leader': 'Chánh Văn phòng',
  signer: 'Phó Chủ tịch',
  clerk: 'Văn thư',
}

export type Ward = {
  readonly agency: Unit
  readonly desk: Unit
  readonly division: Unit
  readonly receiver: Officer
  readonly caseOfficer: Officer
  readonly leader: Officer
  readonly signer: Officer
  readonly clerk: Officer
}

const newUnit = async (ctx: Ctx, unit: { code: string; name: string; kind: Unit['kind']; parentId: Uuid | null; remit?: string }): Promise<Unit> => {
  const { unitId } = must(
    await foundUnit(asSystem(ctx), { submissionKey: key(ctx.now), shortName: unit.name, remit: null, areaCode: null, validFrom: FROM, ...unit }),
  )
  return getUnit(ctx, unitId)
}

/** A ward with its desk, its office and one person in every post that a dossier passes. */
export const newWard = async (ctx: Ctx, code = `H57.${nextNumber() % 900 + 100}`, name = 'phường Diều Sáo'): Promise<Ward> => {
  const agency = await newUnit(ctx, { code, name: `Ủy ban nhân dân ${name}`, kind: 'commune-committee', parentId: null })
  const desk = await newUnit(ctx, { code: `${code}.01`, name: `Trung tâm Phục vụ hành chính công ${name}`, kind: 'commune-desk', parentId: agency.id })
  const division = await newUnit(ctx, { code: `${code}.02`, name: `Văn phòng HĐND và UBND ${name}`, kind: 'commune-office', parentId: agency.id, remit: 'office' })
  return {
    agency,
    desk,
    division,
    receiver: await newOfficer(ctx, desk, 'desk-officer', 'Hoàng Thị Sáo'),
    caseOfficer: await newOfficer(ctx, division, 'case-officer', 'Trần Văn Gió'),
    leader: await newOfficer(ctx, division, 'unit-leader', 'Lê Thị Mây'),
    signer: await newOfficer(ctx, agency, 'signer', 'Phạm Văn Trời'),
    clerk: await newOfficer(ctx, agency, 'clerk', 'Võ Thị Dấu'),
  }
}

/** The permit to fly kites, in force. Row 1: three working days at the counter. */
export const kiteProcedure = async (ctx: Ctx, change: Parameters<typeof kiteRecord>[0] = {}): Promise<ProcedureRevision> => {
  await importProcedures(asSystem(ctx), catalogueLines([kiteRecord(change)]))
  return getCurrentRevision(ctx, String(change['code'] ?? '1.999001'))
}

/** What the desk hands in for a kite permit; `applicantId` has to be given. */
export const kiteReception = (ctx: Ctx, ward: Ward, change: Partial<ReceiveDossier> & { applicantId: Uuid }): ReceiveDossier => ({
  submissionKey: key(ctx.now),
  deskId: ward.desk.id,
  procedureCode: '1.999001',
  methodRow: 1,
  components: [{ n: 1, originals: 1, copies: 0, uploadIds: [] }],
  otherUploadIds: [],
  sets: 1,
  delivery: 'counter',
  ...change,
})

/** A kite permit applied for at the ward's desk. `kiteProcedure` must be in force. */
export const receivedDossier = async (ctx: Ctx, ward: Ward, change: Partial<ReceiveDossier> = {}): Promise<ReceivedDossier> => {
  const applicantId = change.applicantId ?? (await newCitizen(ctx))
  return must(await receiveDossier({ ...ctx, actor: ward.receiver }, kiteReception(ctx, ward, { ...change, applicantId })))
}

export type Way = 'forward-desk' | 'assign' | 'take' | 'forward' | 'forward-review' | 'approve' | 'issue' | 'return'
export const WHOLE_WAY: readonly Way[] = ['forward-desk', 'assign', 'forward', 'forward-review', 'approve', 'issue', 'return']

/** Sends a dossier along, each by the officer whose turn it is. */
export const sendAlong = async (ctx: Ctx, ward: Ward, dossierId: Uuid, ways: readonly Way[]): Promise<void> => {
  for (const way of ways) {
    const { version } = await getDossierView(asSystem(ctx), dossierId)
    const on = { submissionKey: key(ctx.now), dossierId, version }
    must(await ACTS[way](ctx, ward, on))
  }
}

type On = Omit<AssignDossier, 'postId' | 'note'>
const ACTS: Record<Way, (ctx: Ctx, ward: Ward, on: On) => Promise<Result<unknown, unknown>>> = {
  'forward-desk': (ctx, ward, on) => forwardDossier({ ...ctx, actor: ward.receiver }, on),
  assign: (ctx, ward, on) => assignDossier({ ...ctx, actor: ward.leader }, { ...on, postId: ward.caseOfficer.posts[0]!.postId }),
  take: (ctx, ward, on) => takeDossier({ ...ctx, actor: ward.caseOfficer }, on),
  forward: (ctx, ward, on) => forwardDossier({ ...ctx, actor: ward.caseOfficer }, { ...on, note: 'Đủ điều kiện' }),
  'forward-review': (ctx, ward, on) => forwardDossier({ ...ctx, actor: ward.leader }, on),
  approve: (ctx, ward, on) => approveDossier({ ...ctx, actor: ward.signer }, on),
  issue: (ctx, ward, on) =>
    issueResult({ ...ctx, actor: ward.clerk }, { ...on, kind: 'granted', title: 'Giấy phép thả diều', number: '12/GP-UBND', issuedOn: dateOfNow(ctx) }),
  return: (ctx, ward, on) =>
    returnResult({ ...ctx, actor: ward.receiver }, { ...on, recipient: { kind: 'self', name: 'Nguyễn Đăng Diều', idNumber: '046190000001', signature: 'Đã ký sổ' } }),
}

const dateOfNow = (ctx: Ctx) => plainDate(new Date(ctx.now + 7 * 3_600_000).toISOString().slice(0, 10))
