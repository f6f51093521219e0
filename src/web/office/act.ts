/** What the buttons of a dossier send: parse, run the command, back to the queue; a refusal comes back to the page with all that was typed. */
import type { z } from 'zod'
import type { Uuid } from '#kernel/ids.ts'
import type { Result } from '#kernel/result.ts'
import { type Permission } from '#modules/access'
import {
  type ActRefusal,
  type Action,
  type Acted,
  AddNote,
  ApologiseForDossier,
  ApproveDossier,
  AssignDossier,
  ExtendDossier,
  ForwardDossier,
  IssueResult,
  SendBackDossier,
  TakeDossier,
  addNote,
  apologiseForDossier,
  approveDossier,
  assignDossier,
  extendDossier,
  forwardDossier,
  issueResult,
  sendBackDossier,
  takeDossier,
} from '#modules/dossier'
import type { Ctx } from '#platform/ctx.ts'
import { newId } from '#platform/ids.ts'
import { type FieldWords, fieldErrors } from '../field-errors.ts'
import { type Req, type Route, readForm, seeOther, submissionKeyOf } from '../http.ts'
import { actRefusal } from '../refusals.ts'
import { storeFiles } from '../uploads.ts'
import { ACTION_WORDS } from './action-words.ts'
import { dossierId, showDossier } from './dossier.tsx'

const MAY_BE_LEFT: ReadonlySet<Action> = new Set<Action>(['issue', 'halt', 'correct-result', 'reopen'])
/** These bring the signed paper. */
const WITH_FILE: ReadonlySet<Action> = new Set<Action>(['sign-inspection', 'issue', 'correct-result'])
/** These leave the dossier on the screen of whoever did it. */
const STAYS: ReadonlySet<Action> = new Set<Action>(['note', 'take', 'extend', 'apologise', 'return-supplement', 'request-supplement', 'confirm-payment', 'halt', 'resume', 'stop', 'withdraw', 'correct-payment', 'correct-reception', 'correct-result', 'reopen', 'link-attempt', 'unlink-attempt', 'recall-consultation', 'sign-inspection', 'cancel-inspection'])

/** One handler for all: the differences are the schema, the command and the words of its fields. */
export const handler =
  <Schema extends z.ZodType>(action: Action, schema: Schema, words: FieldWords, command: (ctx: Ctx, input: z.infer<Schema>, publicUrl: string) => Promise<Result<Acted, ActRefusal>>, read: (values: Readonly<Record<string, string>>) => object = (values) => values) =>
  async (req: Req): Promise<Response> => {
    const form = await readForm(req)
    const files = WITH_FILE.has(action) ? await storeFiles(req, form, 'tep', 'tep-da-gui') : { files: [], ids: [], problems: [] }
    const { _csrf: _, ...typed } = form.toObject()
    // What is left empty is not said: the clerk's from the draft and the series, a day that nobody knows yet.
    const names = Object.keys(typed).filter((name) => !MAY_BE_LEFT.has(action) || form.get(name) !== '')
    const values = Object.fromEntries(names.map((name) => [name, form.get(name)]))
    const [uploadId] = files.ids.slice(-1)
    const parsed = schema.safeParse({ ...read(values), dossierId: dossierId(req), version: Number(form.get('version')), ...(uploadId === undefined ? {} : { uploadId }) })
    const attempt = (key: Uuid, errors: Readonly<Record<string, string>>) => ({ action, key, values, errors, kept: files.files })
    if (!parsed.success || files.problems.length > 0) {
      const errors = { ...(parsed.success ? {} : fieldErrors(parsed.error, words)), ...(files.problems.length > 0 ? { tep: files.problems.join(' ') } : {}) }
      return showDossier(req, { attempt: attempt(submissionKeyOf(req, form), errors) }, 422)
    }
    const done = await command(req.ctx, parsed.data, req.publicUrl)
    if (!done.ok) return showDossier(req, { attempt: attempt(newId(req.ctx.now), {}), refusal: actRefusal(done.error) }, 409)
    if (STAYS.has(action)) return seeOther(req, `/xu-ly/ho-so/${done.value.id}`)
    // From the receipt the desk goes on with its next applicant.
    if (form.get('ve') === 'mot-cua') return seeOther(req, '/mot-cua')
    if (form.get('ve') === 'truc-tuyen') return seeOther(req, '/mot-cua/truc-tuyen')
    return seeOther(req, `/xu-ly?xong=${action}&ma=${encodeURIComponent(form.get('ma'))}`)
  }

const NOTE = { note: { field: 'note', say: 'Ý kiến quá dài: tối đa 1.000 chữ cái.' } } as const

export const actRoute = (action: Action, access: Permission, handle: Route['handle']): Route => ({ method: 'POST', path: `/xu-ly/ho-so/:id/${ACTION_WORDS[action].path}`, access, handle })

const LETTER = {
  reason: { field: 'reason', say: 'Chọn lý do.' },
  explanation: { field: 'explanation', say: 'Lý do khác: hãy giải thích trong thư, tối đa 2.000 chữ cái.' },
} as const

export const actRoutes: readonly Route[] = [
  { method: 'GET', path: '/xu-ly/ho-so/:id', access: 'dossier.find', handle: (req) => showDossier(req) },
  actRoute('assign', 'dossier.assign', handler('assign', AssignDossier, { postId: { field: 'postId', say: 'Chọn người thụ lý.' }, ...NOTE }, assignDossier)),
  actRoute('take', 'dossier.examine', handler('take', TakeDossier, {}, takeDossier)),
  actRoute('forward', 'dossier.read', handler('forward', ForwardDossier, NOTE, forwardDossier, (values) => ({ ...values, despiteOpen: values['despiteOpen'] === '1' }))),
  actRoute('approve', 'dossier.approve', handler('approve', ApproveDossier, NOTE, approveDossier)),
  actRoute(
    'send-back',
    'dossier.read',
    handler('send-back', SendBackDossier, { to: { field: 'to', say: 'Chọn bước nhận lại.' }, reason: { field: 'reason', say: 'Ghi lý do trả lại.' } }, sendBackDossier),
  ),
  actRoute(
    'issue',
    'dossier.issue',
    handler(
      'issue',
      IssueResult,
      {
        title: { field: 'title', say: 'Ghi tên văn bản kết quả.' },
        number: { field: 'number', say: 'Ghi số, ký hiệu của văn bản.' },
        issuedOn: { field: 'issuedOn', say: 'Chọn ngày ký.' },
        uploadId: { field: 'tep', say: 'Đính kèm lại tệp kết quả.' },
      },
      issueResult,
    ),
  ),
  actRoute('extend', 'dossier.approve', handler('extend', ExtendDossier, { dueOn: { field: 'dueOn', say: 'Chọn ngày hẹn mới.' }, ...LETTER }, extendDossier)),
  actRoute('apologise', 'dossier.approve', handler('apologise', ApologiseForDossier, LETTER, apologiseForDossier)),
  actRoute('note', 'dossier.read', handler('note', AddNote, { text: { field: 'text', say: 'Viết nội dung ghi chú.' } }, addNote)),
]
