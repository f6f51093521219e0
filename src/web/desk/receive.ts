/** From the intake form to the command's input, and back to the form when something is wrong. */
import { type Uuid, isUuid } from '#kernel/ids.ts'
import { type Result, err, ok } from '#kernel/result.ts'
import { ReceiveDossier, lacksAddress } from '#modules/dossier'
import { findPeople } from '#modules/organisation'
import { newId } from '#platform/ids.ts'
import { fieldErrors } from '../field-errors.ts'
import { type FormFields, type Req } from '../http.ts'
import type { Errors, KeptFile } from '../ui/index.ts'
import { receptionRefusal } from '../refusals.ts'
import { type StoredFiles, storeFiles } from '../uploads.ts'
import type { DossierForm } from './intake-form.tsx'

const VALUES = ['tra-ket-qua', 'so-bo', 'dia-chi-nhan', 'nop-thay', 'quan-he', 'ghi-chu'] as const

/** Files are stored first, in the order of the form: nothing uploaded is lost by what follows. */
export const storeIntakeFiles = async (req: Req, form: FormFields, componentNumbers: readonly number[]): Promise<ReadonlyMap<number, StoredFiles>> => {
  const stored = new Map<number, StoredFiles>()
  for (const n of [...componentNumbers, 0]) stored.set(n, await storeFiles(req, form, `tep-${n}`, `da-gui-${n}`))
  return stored
}

const numberOf = (text: string): number => (/^\d{1,4}$/.test(text) ? Number(text) : Number.NaN)

const countsOf = (form: FormFields, ns: readonly number[]): ReadonlyMap<number, { originals: number; copies: number }> =>
  new Map(ns.map((n) => [n, { originals: numberOf(form.get(`ban-chinh-${n}`)) || 0, copies: numberOf(form.get(`ban-sao-${n}`)) || 0 }]))

export const formAgain = (form: FormFields, componentNumbers: readonly number[], stored: ReadonlyMap<number, StoredFiles>, problem: { readonly errors?: Errors; readonly refusal?: string; readonly key: string }): DossierForm => ({
  key: problem.key,
  errors: problem.errors ?? {},
  refusal: problem.refusal,
  ticked: new Set(form.list('giay').map(Number)),
  counts: countsOf(form, componentNumbers),
  kept: new Map([...stored].map(([n, files]): readonly [number, readonly KeptFile[]] => [n, files.files])),
  values: Object.fromEntries(VALUES.map((name) => [name, form.get(name)])),
})

const WORDS = {
  procedureCode: { field: 'tim-thu-tuc', say: 'Chọn thủ tục.' },
  methodRow: { field: 'dong', say: 'Chọn cách nộp.' },
  applicantId: { field: 'tim-nguoi', say: 'Chọn hoặc thêm người nộp.' },
  'submitter.relation': { field: 'quan-he', say: 'Ghi giấy tờ cho phép nộp thay, ví dụ “Giấy ủy quyền số 12”.' },
  components: { field: 'giay', say: 'Số bản chính, bản sao phải từ 0 đến 99.' },
  sets: { field: 'so-bo', say: 'Số bộ hồ sơ từ 1 đến 20.' },
  deliveryAddress: { field: 'dia-chi-nhan', say: 'Địa chỉ nhận kết quả quá dài.' },
  remark: { field: 'ghi-chu', say: 'Ghi chú quá dài.' },
} as const

/** Who stands at the counter instead of the applicant: found by number, so that there is one person for one number. */
const submitterOf = async (req: Req, form: FormFields): Promise<Result<{ personId: Uuid; relation: string } | undefined, string>> => {
  const number = form.get('nop-thay').replace(/[\s.]/g, '')
  if (number === '') return ok(undefined)
  // The same digits may be somebody's phone, and a family shares one: only the number itself says who it is.
  const found = /^\d{9,13}$/.test(number) ? (await findPeople(req.ctx, number)).find((person) => person.personalNumber === number) : undefined
  if (found === undefined) return err('Chưa có người mang số này. Tìm hoặc thêm người đó ở ô Người nộp trước, rồi chọn lại người nộp.')
  return ok({ personId: found.id, relation: form.get('quan-he') })
}

export const parseIntake = async (req: Req, form: FormFields, deskId: Uuid, stored: ReadonlyMap<number, StoredFiles>): Promise<Result<ReceiveDossier, Errors>> => {
  const problems = [...stored.values()].flatMap((files) => files.problems)
  const submitter = await submitterOf(req, form)
  const revision = form.get('ban-quyet-dinh')
  const optional = (name: string, field: string) => (form.get(field) === '' ? {} : { [name]: form.get(field) })
  const parsed = ReceiveDossier.safeParse({
    submissionKey: form.get('submissionKey'),
    deskId,
    procedureCode: form.get('thu-tuc') === '' ? undefined : form.get('thu-tuc'),
    ...(isUuid(revision) ? { revisionId: revision } : {}),
    methodRow: numberOf(form.get('dong')),
    applicantId: form.get('nguoi-nop'),
    ...(submitter.ok && submitter.value !== undefined ? { submitter: submitter.value } : {}),
    components: form.list('giay').map((n) => ({
      n: numberOf(n),
      originals: numberOf(form.get(`ban-chinh-${n}`) || '0'),
      copies: numberOf(form.get(`ban-sao-${n}`) || '0'),
      uploadIds: stored.get(Number(n))?.ids ?? [],
    })),
    otherUploadIds: [...stored].filter(([n]) => n === 0 || !form.list('giay').includes(String(n))).flatMap(([, files]) => files.ids),
    sets: numberOf(form.get('so-bo') || '1'),
    delivery: form.get('tra-ket-qua'),
    ...optional('deliveryAddress', 'dia-chi-nhan'),
    ...optional('remark', 'ghi-chu'),
  })
  const errors: Errors = {
    ...(parsed.success ? {} : fieldErrors(parsed.error, WORDS)),
    ...(submitter.ok ? {} : { 'nop-thay': submitter.error }),
    ...(lacksAddress({ delivery: form.get('tra-ket-qua'), deliveryAddress: form.get('dia-chi-nhan') || null }) ? { 'dia-chi-nhan': receptionRefusal({ code: 'address-missing' }) } : {}),
    ...(problems.length === 0 ? {} : { 'tep-0': problems.join(' ') }),
  }
  return parsed.success && Object.keys(errors).length === 0 ? ok(parsed.data) : err(errors)
}

/** A refused form keeps its key; one that was answered by the rule gets a new one, because its content will change. */
export const freshKey = (req: Req): string => newId(req.ctx.now)
