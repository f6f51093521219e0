/** What every step of an application shows: the procedure, where one is, what is saved. */
import type { Child } from 'hono/jsx'
import { formatTime } from '#kernel/plain-date.ts'
import { displayName } from '#modules/catalogue'
import type { Instant } from '#platform/ctx.ts'
import type { View } from '../../http.ts'
import { Actions, Button, Page, Steps } from '../../ui/index.ts'
import { type Words, t } from '../../words.ts'

const STEPS = ['noi-nop', 'to-khai', 'giay-to', 'xem-lai'] as const
export type StepName = (typeof STEPS)[number]

const STEP_WORDS: Readonly<Record<StepName, Words>> = {
  'noi-nop': { vi: 'Nơi nộp', en: 'Place' },
  'to-khai': { vi: 'Tờ khai', en: 'Form' },
  'giay-to': { vi: 'Giấy tờ', en: 'Papers' },
  'xem-lai': { vi: 'Xem lại, nộp', en: 'Review' },
}

export const stepHref = (step: StepName, code: string, draftId: string): string => (step === 'noi-nop' ? `/nop-ho-so/${code}?ban-nhap=${draftId}` : `/nop-ho-so/ban-nhap/${draftId}/${step}`)

type FrameProps = {
  readonly view: View
  readonly step: StepName
  readonly procedure: { readonly code: string; readonly name: string }
  /** Undefined: nothing is begun yet. */
  readonly draftId: string | undefined
  readonly children?: Child
}

export const ApplicationPage = ({ view, step, procedure, draftId, children }: FrameProps) => {
  const at = STEPS.indexOf(step)
  const name = displayName(procedure.name)
  return (
    <Page view={view} title={`${t(view.lang, STEP_WORDS[step])} · ${name}`} area="citizen" current="/thu-tuc" script="citizen">
      <p class="soft small tight">{t(view.lang, { vi: 'Nộp trực tuyến', en: 'Apply online' })}</p>
      <h1 lang="vi" class="application-name">
        {name}
      </h1>
      <Steps
        label={t(view.lang, { vi: 'Các bước nộp hồ sơ', en: 'Steps of the application' })}
        steps={STEPS.map((other, i) => ({
          label: t(view.lang, STEP_WORDS[other]),
          state: i < at ? 'done' : i === at ? 'current' : 'next',
          ...(draftId !== undefined && i < at && { href: stepHref(other, procedure.code, draftId) }),
        }))}
      />
      {children}
    </Page>
  )
}

/** Enter in a field means the way on, whatever other buttons stand before it in the form. */
export const EnterGoesOn = () => <button type="submit" class="visually-hidden" name="viec" value="tiep" tabindex={-1} aria-hidden="true" />

/** Under every form that is kept as it is typed: on, or later. */
export const GoOnOrSave = (props: { readonly view: View; readonly savedAt: Instant | undefined; readonly go?: Words }) => (
  <>
    <Actions>
      <Button name="viec" value="tiep">
        {t(props.view.lang, props.go ?? { vi: 'Tiếp tục', en: 'Continue' })}
      </Button>
      <Button kind="quiet" name="viec" value="luu">
        {t(props.view.lang, { vi: 'Lưu nháp', en: 'Save draft' })}
      </Button>
    </Actions>
    <SavedLine view={props.view} savedAt={props.savedAt} />
  </>
)

/** The line that the script keeps up to date; without script it says when the last step was saved. */
const SavedLine = (props: { readonly view: View; readonly savedAt: Instant | undefined }) => {
  const { lang } = props.view
  return (
    <p
      class="saved-line soft small"
      data-save-state=""
      role="status"
      data-saving={t(lang, { vi: 'Đang lưu…', en: 'Saving…' })}
      data-saved={t(lang, { vi: 'Đã lưu nháp lúc {time}', en: 'Draft saved at {time}' })}
      data-failed={t(lang, { vi: 'Chưa lưu được, đang thử lại. Những gì bạn gõ vẫn ở trên trang này.', en: 'Not saved yet, trying again. What you typed is still on this page.' })}
      data-lost={t(lang, { vi: 'Phiên làm việc đã hết. Bản nháp đã lưu vẫn còn, những gì gõ thêm vẫn ở trên trang này: hãy đăng nhập ở thẻ khác rồi quay lại đây bấm Tiếp tục.', en: 'Your session has ended. The saved draft is kept, and what you typed since is still on this page: sign in again in another tab, come back and press Continue.' })}
    >
      {props.savedAt !== undefined && t(lang, { vi: `Đã lưu nháp lúc ${formatTime(props.savedAt)}`, en: `Draft saved at ${formatTime(props.savedAt)}` })}
    </p>
  )
}
