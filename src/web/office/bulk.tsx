/** Many dossiers at once, for every list that can be ticked: what a row carries along, and what became of each, said on the same page. */
import { formatInteger } from '#kernel/money.ts'
import { type Uuid, isUuid } from '#kernel/ids.ts'
import { type ActOnMany, type BulkOutcome, type QueueRow, actOnMany } from '#modules/dossier'
import type { Ctx } from '#platform/ctx.ts'
import { newId } from '#platform/ids.ts'
import type { FormFields } from '../http.ts'
import { actRefusal } from '../refusals.ts'
import { Notice } from '../ui/index.ts'

type Ticked = { readonly dossierId: Uuid; readonly submissionKey: Uuid; readonly version: number; readonly code: string }

/** What the box of a row sends: the dossier as the page shows it, and a key of its own, so that a reload repeats nothing. */
export const tickValue = (ctx: Ctx, row: Pick<QueueRow, 'id' | 'version' | 'code'>): string => `${row.id} ${row.version} ${newId(ctx.now)} ${row.code}`

/** @param form what was ticked, in fields of this name; `tickValue` made them */
export const tickedIn = (form: FormFields, name = 'ho-so'): readonly Ticked[] =>
  form.list(name).flatMap((value) => {
    const [dossierId = '', version = '', submissionKey = '', code = ''] = value.split(' ')
    return isUuid(dossierId) && isUuid(submissionKey) ? [{ dossierId, submissionKey, version: Number(version), code }] : []
  })

export type BulkDone = { readonly action: ActOnMany['action']; readonly outcomes: readonly BulkOutcome[]; readonly codes: ReadonlyMap<Uuid, string> }

export const actOnTicked = async (ctx: Ctx, ticked: readonly Ticked[], input: ActOnMany): Promise<BulkDone> => ({
  action: input.action,
  outcomes: await actOnMany(ctx, input),
  codes: new Map(ticked.map((t) => [t.dossierId, t.code])),
})

export const itemsOf = (ticked: readonly Ticked[]): ActOnMany['items'] => ticked.map(({ dossierId, submissionKey, version }) => ({ dossierId, submissionKey, version }))

const WORDS: Readonly<Record<ActOnMany['action'], { readonly done: (n: string) => string; readonly not: string; readonly beyond: string }>> = {
  take: { done: (n) => `Đã nhận xử lý ${n} hồ sơ.`, not: 'chưa nhận', beyond: 'không thuộc phần việc của bạn.' },
  forward: { done: (n) => `Đã chuyển bước ${n} hồ sơ.`, not: 'chưa chuyển', beyond: 'không thuộc phần việc của bạn ở bước này.' },
  assign: { done: (n) => `Đã phân công ${n} hồ sơ.`, not: 'chưa phân công', beyond: 'không thuộc phòng bạn phụ trách.' },
  approve: { done: (n) => `Đã ký duyệt ${n} hồ sơ, đã chuyển văn thư.`, not: 'chưa ký', beyond: 'không thuộc thẩm quyền ký của bạn.' },
  apologise: { done: (n) => `Đã ký và gửi ${n} thư.`, not: 'chưa gửi', beyond: 'không thuộc thẩm quyền ký của bạn.' },
}

const sentence = (outcome: Exclude<BulkOutcome, { outcome: 'done' }>, action: ActOnMany['action']): string => {
  switch (outcome.outcome) {
    case 'refused':
      return actRefusal(outcome.refusal)
    case 'forbidden':
      return WORDS[action].beyond
    case 'not-found':
      return 'không còn.'
    case 'stale':
      return 'vừa được người khác chuyển: hãy xem lại.'
  }
}

export const Outcomes = ({ action, outcomes, codes }: BulkDone) => {
  const others = outcomes.flatMap((o) => (o.outcome === 'done' ? [] : [o]))
  return (
    <Notice tone={others.length === 0 ? 'ok' : 'soon'} title={WORDS[action].done(formatInteger(outcomes.length - others.length))} role="status">
      {others.length > 0 && (
        <ul>
          {others.map((o) => (
            <li>
              <a class="num" href={`/xu-ly/ho-so/${o.dossierId}`}>
                {codes.get(o.dossierId) ?? 'Một hồ sơ'}
              </a>{' '}
              {WORDS[action].not}: {sentence(o, action)}
            </li>
          ))}
        </ul>
      )}
    </Notice>
  )
}

export const NothingTicked = (props: { readonly button: string; readonly what?: string }) => (
  <Notice tone="soon" role="alert">
    Chưa chọn {props.what ?? 'hồ sơ'} nào. Đánh dấu rồi bấm {props.button}.
  </Notice>
)

/** `a` ticks all; only with script, which does the ticking. */
export const TickAll = (props: { readonly name?: string }) => (
  <label class="js-only check-all">
    <input type="checkbox" data-all={props.name ?? 'ho-so'} data-key="a" data-press="" aria-keyshortcuts="a" /> Chọn tất cả <kbd aria-hidden="true">a</kbd>
  </label>
)
