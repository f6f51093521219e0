/** The bar under a queue: what can be done to several of its rows at once. Posts to the same list, which then says what became of each. */
import { ActOnMany, type QueueRow } from '#modules/dossier'
import { type StaffMember, listStaff } from '#modules/organisation'
import type { Ctx } from '#platform/ctx.ts'
import { can } from '#modules/access'
import { type FieldWords, fieldErrors } from '../field-errors.ts'
import { type FormFields, type Req, readForm } from '../http.ts'
import { Button, ErrorSummary, type Errors, Form, Select } from '../ui/index.ts'
import { type BulkDone, TickAll, actOnTicked, itemsOf, tickedIn } from './bulk.tsx'
import { officerOptions } from './officer-options.ts'

export const BULK_PATH = '/xu-ly/nhieu-ho-so'

/** What the rows in sight allow; nobody to assign to where nothing waits to be assigned. */
export type BulkChoices = { readonly take: boolean; readonly forward: boolean; readonly assign: readonly StaffMember[] }

export const bulkChoices = async (ctx: Ctx, rows: readonly QueueRow[]): Promise<BulkChoices> => {
  const { actor } = ctx
  const own = new Set(actor.kind === 'person' ? actor.posts.map((p) => p.postId) : [])
  const units = [...new Set(rows.filter((r) => r.step === 'ASSIGN' || r.step === 'HANDLE').filter((r) => can(actor, 'dossier.assign', { unitId: r.unitId, procedureCode: r.procedureCode })).map((r) => r.unitId))]
  const staff = await Promise.all(units.map((unitId) => listStaff(ctx, { unitId, roles: ['case-officer', 'unit-leader'] })))
  return {
    take: rows.some((r) => r.step === 'HANDLE' && r.holderPostId === null && can(actor, 'dossier.examine', { unitId: r.unitId, procedureCode: r.procedureCode })),
    forward: rows.some((r) => (r.step === 'HANDLE' ? r.holderPostId !== null && own.has(r.holderPostId) : ['RECEIVE', 'REVIEW'].includes(r.step))),
    assign: staff.flat(),
  }
}

export const QueueBulk = (props: { readonly req: Req; readonly search: string; readonly choices: BulkChoices; readonly errors?: Errors | undefined }) => {
  const { take, forward, assign } = props.choices
  if (!take && !forward && assign.length === 0) return null
  return (
    <div data-count-of="ho-so" class="bulk no-print">
      <Form view={props.req.view} action={`${BULK_PATH}${props.search}`} id="nhieu" label="Làm nhiều hồ sơ một lúc">
        <ErrorSummary errors={props.errors ?? {}} />
        <span class="bulk-count js-only">
          Đã chọn <b data-count="">0</b> hồ sơ
        </span>
        <TickAll />
        {take && (
          <Button kind="quiet" name="viec" value="nhan">
            Nhận xử lý
          </Button>
        )}
        {forward && (
          <Button kind="quiet" name="viec" value="chuyen">
            Chuyển bước tiếp
          </Button>
        )}
        {assign.length > 0 && (
          <>
            <Select name="nguoi" label="Người thụ lý" size="medium" error={props.errors?.['nguoi']} options={officerOptions(assign, 'Tự chia theo cách của phòng')} />
            <Button kind="quiet" name="viec" value="phan-cong">
              Phân công
            </Button>
          </>
        )}
      </Form>
    </div>
  )
}

const inputOf = (form: FormFields, items: ActOnMany['items']): unknown => {
  switch (form.get('viec')) {
    case 'nhan':
      return { action: 'take', items }
    case 'chuyen':
      return { action: 'forward', items }
    default:
      return { action: 'assign', items, postId: form.get('nguoi') }
  }
}

const WORDS: FieldWords = { postId: { field: 'nguoi', say: 'Chọn người nhận.' } }

/** What the list says above itself: what became of each, that nothing was ticked, or which field is wrong. */
export type BulkSaid = { readonly done?: BulkDone; readonly nothing?: true; readonly errors?: Errors }

export const doInQueue = async (req: Req): Promise<BulkSaid> => {
  const form = await readForm(req)
  const ticked = tickedIn(form)
  if (ticked.length === 0) return { nothing: true }
  const parsed = ActOnMany.safeParse(inputOf(form, itemsOf(ticked)))
  return parsed.success ? { done: await actOnTicked(req.ctx, ticked, parsed.data) } : { errors: fieldErrors(parsed.error, WORDS) }
}
