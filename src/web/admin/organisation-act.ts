/** What the forms of `organisation-forms.tsx` do: parse, call the command, back to the unit with a word on what was done. */
import type { z } from 'zod'
import type { Result } from '#kernel/result.ts'
import { countOpenDossiers } from '#modules/dossier'
import {
  ChangeUnitContact,
  ChangeUnitRemit,
  ClosePost,
  CloseUnit,
  CreatePost,
  FillPost,
  FoundUnit,
  LeavePost,
  type PostRefusal,
  RegisterPerson,
  RenameUnit,
  type UnitRefusal,
  changeUnitContact,
  changeUnitRemit,
  closePost,
  closeUnit,
  createPost,
  fillPost,
  findPeople,
  findUnitByCode,
  foundUnit,
  leavePost,
  registerPerson,
  renameUnit,
} from '#modules/organisation'
import { newId } from '#platform/ids.ts'
import { type FieldWords, fieldErrors } from '../field-errors.ts'
import { type FormFields, type Req, type Route, readForm, seeOther, submissionKeyOf } from '../http.ts'
import type { Errors } from '../ui/index.ts'
import { REMIT_OF_KIND, organisationRefusal } from './organisation-words.ts'

type Again = (req: Req, typed: Readonly<Record<string, string>>, errors: Errors, status: 409 | 422) => Promise<Response>
type Outcome = { readonly done: true } | { readonly errors: Errors; readonly status: 409 | 422 }
type Act = (req: Req, form: FormFields, unitId: string) => Promise<Outcome>

/** Parses, runs, and puts a refusal at the field that it is about. */
const act = async <S extends z.ZodType>(
  schema: S,
  given: unknown,
  words: FieldWords,
  refusedField: string,
  run: (input: z.infer<S>) => Promise<Result<unknown, UnitRefusal | PostRefusal>>,
): Promise<Outcome> => {
  const input = schema.safeParse(given)
  if (!input.success) return { errors: fieldErrors(input.error, words), status: 422 }
  const result = await run(input.data)
  return result.ok ? { done: true } : { errors: { [refusedField]: organisationRefusal(result.error) }, status: 409 }
}

const DAY_MISSING = 'Hãy chọn ngày.'
const orNull = (text: string) => (text === '' ? null : text)

const rename: Act = (req, form, unitId) =>
  act(
    RenameUnit,
    { submissionKey: submissionKeyOf(req, form), unitId, name: form.get('ten-moi'), shortName: form.get('ten-ngan-moi'), from: form.get('ten-tu') },
    { name: { field: 'ten-moi' }, shortName: { field: 'ten-ngan-moi' }, from: { field: 'ten-tu', say: DAY_MISSING } },
    'ten-tu',
    (input) => renameUnit(req.ctx, input),
  )

const close: Act = async (req, form, unitId) => {
  const codes = form.get('ke-thua').split(/[\s,;]+/).filter((code) => code !== '')
  const found = await Promise.all(codes.map((code) => findUnitByCode(req.ctx, code.toUpperCase())))
  const unknown = codes.filter((_, i) => found[i] === undefined)
  if (unknown.length > 0) return { errors: { 'ke-thua': `Không có đơn vị mã ${unknown.join(', ')}.` }, status: 422 }
  return act(
    CloseUnit,
    { submissionKey: submissionKeyOf(req, form), unitId, on: form.get('ngay-dong'), successors: found.map((unit) => unit?.id) },
    { on: { field: 'ngay-dong', say: DAY_MISSING }, successors: { field: 'ke-thua' } },
    'ngay-dong',
    (input) => closeUnit(req.ctx, input, countOpenDossiers),
  )
}

const moveTo: Act = (req, form, unitId) =>
  act(
    ChangeUnitContact,
    { submissionKey: submissionKeyOf(req, form), unitId, address: form.get('dia-chi'), phone: form.get('dien-thoai'), from: form.get('lien-he-tu') },
    { address: { field: 'dia-chi' }, phone: { field: 'dien-thoai' }, from: { field: 'lien-he-tu', say: DAY_MISSING } },
    'lien-he-tu',
    (input) => changeUnitContact(req.ctx, input),
  )

const putInCharge: Act = (req, form, unitId) =>
  act(
    ChangeUnitRemit,
    { submissionKey: submissionKeyOf(req, form), unitId, remit: orNull(form.get('linh-vuc-moi')) },
    { remit: { field: 'linh-vuc-moi', say: 'Hãy chọn lĩnh vực trong danh sách.' } },
    'linh-vuc-moi',
    (input) => changeUnitRemit(req.ctx, input),
  )

const remitOf = (kind: string): string | null => Object.entries(REMIT_OF_KIND).find(([known]) => known === kind)?.[1] ?? null

const found: Act = (req, form, unitId) =>
  act(
    FoundUnit,
    {
      submissionKey: submissionKeyOf(req, form),
      code: form.get('ma-moi').toUpperCase(),
      name: form.get('ten-don-vi'),
      shortName: form.get('ten-ngan-don-vi') || form.get('ten-don-vi'),
      kind: form.get('loai'),
      parentId: unitId,
      remit: orNull(form.get('linh-vuc')) ?? remitOf(form.get('loai')),
      validFrom: form.get('don-vi-tu'),
    },
    { code: { field: 'ma-moi' }, name: { field: 'ten-don-vi' }, shortName: { field: 'ten-ngan-don-vi' }, kind: { field: 'loai', say: 'Hãy chọn loại đơn vị.' }, remit: { field: 'linh-vuc', say: 'Hãy chọn lĩnh vực trong danh sách.' }, validFrom: { field: 'don-vi-tu', say: DAY_MISSING } },
    'ma-moi',
    (input) => foundUnit(req.ctx, input),
  )

const addPost: Act = (req, form, unitId) =>
  act(
    CreatePost,
    { submissionKey: submissionKeyOf(req, form), unitId, role: form.get('vai-tro'), title: form.get('chuc-danh'), validFrom: form.get('vi-tri-tu') },
    { title: { field: 'chuc-danh' }, role: { field: 'vai-tro', say: 'Hãy chọn vai trò.' }, validFrom: { field: 'vi-tri-tu', say: DAY_MISSING } },
    'vi-tri-tu',
    (input) => createPost(req.ctx, input),
  )

/** Who is known by the number gets the post; whoever is not is registered first, by number and name. */
const give: Act = async (req, form) => {
  const number = form.get('so').replace(/[\s.]/g, '')
  const [known] = /^\d{12}$/.test(number) ? await findPeople(req.ctx, number, 1) : []
  if (known === undefined) {
    const person = RegisterPerson.safeParse({ submissionKey: newId(req.ctx.now), kind: 'individual', name: form.get('ten'), personalNumber: number || '?' })
    if (!person.success) return { errors: fieldErrors(person.error, { personalNumber: { field: 'so' }, name: { field: 'ten', say: 'Chưa có ai mang số này: hãy nhập họ tên để ghi người mới.' } }), status: 422 }
    return fill(req, form, (await registerPerson(req.ctx, person.data)).personId)
  }
  return fill(req, form, known.id)
}

const fill = (req: Req, form: FormFields, personId: string): Promise<Outcome> =>
  act(
    FillPost,
    { submissionKey: submissionKeyOf(req, form), postId: form.get('vi-tri'), personId, from: form.get('tu'), to: orNull(form.get('den')) },
    { from: { field: 'tu', say: DAY_MISSING }, to: { field: 'den' } },
    'tu',
    (input) => fillPost(req.ctx, input),
  )

const leave: Act = (req, form) =>
  act(
    LeavePost,
    { submissionKey: submissionKeyOf(req, form), postId: form.get('vi-tri'), personId: form.get('nguoi'), on: form.get('ngay-thoi') },
    { on: { field: 'ngay-thoi', say: DAY_MISSING } },
    'ngay-thoi',
    (input) => leavePost(req.ctx, input),
  )

const giveUp: Act = (req, form) =>
  act(
    ClosePost,
    { submissionKey: submissionKeyOf(req, form), postId: form.get('vi-tri'), on: form.get('ngay-dong-vi-tri') },
    { on: { field: 'ngay-dong-vi-tri', say: DAY_MISSING } },
    'ngay-dong-vi-tri',
    (input) => closePost(req.ctx, input),
  )

const ACTS: Readonly<Record<string, Act>> = { 'doi-ten': rename, 'lien-he': moveTo, 'phu-trach': putInCharge, dong: close, 'don-vi': found, 'vi-tri': addPost, giao: give, thoi: leave, 'dong-vi-tri': giveUp }

export const organisationActions = (again: Again): readonly Route[] =>
  Object.entries(ACTS).map(([what, run]) => ({
    method: 'POST',
    path: `/quan-tri/co-quan/:donVi/${what}`,
    access: 'organisation.edit',
    handle: async (req) => {
      const form = await readForm(req)
      const unitId = req.c.req.param('donVi') ?? ''
      const outcome = await run(req, form, unitId)
      if ('done' in outcome) return seeOther(req, `/quan-tri/co-quan/${unitId}?xong=${what}`)
      const typed = Object.fromEntries([...form.all].map(([name, values]) => [name, values[0] ?? '']))
      return again(req, { ...typed, viec: what }, outcome.errors, outcome.status)
    },
  }))
