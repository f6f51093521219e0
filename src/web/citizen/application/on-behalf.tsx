/** Who the application is for (forms.md A5): oneself, or somebody else with the right to file for them and the paper that proves it. */
import { isUuid } from '#kernel/ids.ts'
import { CAPACITIES, CAPACITY, type Capacity, type Draft, type SubmitDossier } from '#modules/dossier'
import { ApplicantOnBehalf } from '#modules/organisation'
import { fieldErrors } from '../../field-errors.ts'
import type { Lang } from '../../http.ts'
import { type Errors, type KeptFile, RadioGroup, Select, TextField } from '../../ui/index.ts'
import { t } from '../../words.ts'
import { PaperDrop } from './paper-drop.tsx'

/** The number under which the draft keeps the authorisation: no procedure has so many papers. */
export const AUTHORISATION = 999

export const ON_BEHALF = ['nop-cho', 'ben-ten', 'ben-so', 'ben-dien-thoai', 'ben-dia-chi', 'tu-cach'] as const
type Field = (typeof ON_BEHALF)[number]
const valueOf = (draft: Pick<Draft, 'wishes'>, name: Field): string => draft.wishes[name]?.[0] ?? ''

type Kind = 'individual' | 'organisation'
/** Undefined: for oneself. */
const onBehalfKind = (draft: Pick<Draft, 'wishes'>): Kind | undefined => {
  const kind = valueOf(draft, 'nop-cho')
  return kind === 'individual' || kind === 'organisation' ? kind : undefined
}
const capacityOf = (draft: Pick<Draft, 'wishes'>): Capacity | undefined => CAPACITIES.find((one) => one === valueOf(draft, 'tu-cach'))

type OnBehalf = NonNullable<SubmitDossier['onBehalf']>
type Read = { readonly value: OnBehalf } | { readonly errors: Errors }

/** What the draft says, ready to be filed; or what is missing, at its field. */
export const readOnBehalf = (draft: Pick<Draft, 'wishes'>, files: readonly KeptFile[], ownNumber: string | null, lang: Lang): Read | undefined => {
  const kind = onBehalfKind(draft)
  if (kind === undefined) return undefined
  const word = (vi: string, en: string) => t(lang, { vi, en })
  const parsed = ApplicantOnBehalf.safeParse({ kind, name: valueOf(draft, 'ben-ten'), personalNumber: valueOf(draft, 'ben-so'), phone: valueOf(draft, 'ben-dien-thoai'), address: valueOf(draft, 'ben-dia-chi') })
  const english = lang === 'en'
  const wrong = parsed.success
    ? {}
    : fieldErrors(parsed.error, {
        name: { field: 'ben-ten', ...(english && { say: 'Give the full name.' }) },
        personalNumber: { field: 'ben-so', ...(english && { say: kind === 'individual' ? 'A personal number has 12 digits.' : 'A tax code has 10, 12 or 13 digits.' }) },
        phone: { field: 'ben-dien-thoai', ...(english && { say: 'A phone number begins with 0 and has 10 or 11 digits.' }) },
        address: { field: 'ben-dia-chi', ...(english && { say: 'The address is too long.' }) },
      })
  const capacity = capacityOf(draft)
  const errors: Errors = {
    ...wrong,
    ...(parsed.success && parsed.data.personalNumber === ownNumber && { 'ben-so': word('Đây là số của chính bạn: hãy chọn “Cho chính tôi”.', 'This is your own number: choose “For myself”.') }),
    ...((capacity === undefined || CAPACITY[capacity].of !== kind) && { 'tu-cach': word('Chọn tư cách nộp thay.', 'Choose in which capacity you file.') }),
    ...(capacity !== undefined && CAPACITY[capacity].paper && files.length === 0 && { [`tep-${AUTHORISATION}`]: word('Đính kèm văn bản ủy quyền hoặc giấy giới thiệu.', 'Attach the authorisation or the letter of introduction.') }),
  }
  if (!parsed.success || capacity === undefined || Object.keys(errors).length > 0) return { errors }
  return { value: { applicant: parsed.data, capacity, authorisationUploadIds: files.map((file) => file.id).filter(isUuid) } }
}

/** For the page before filing. */
export const onBehalfInWords = (draft: Pick<Draft, 'wishes'>, lang: Lang): { readonly who: string; readonly as: string } | undefined => {
  const capacity = capacityOf(draft)
  if (onBehalfKind(draft) === undefined) return undefined
  const who = [valueOf(draft, 'ben-ten'), valueOf(draft, 'ben-so')].filter((part) => part !== '').join(', ')
  return { who, as: capacity === undefined ? '' : lang === 'en' ? CAPACITY[capacity].titleEn : CAPACITY[capacity].title }
}

export const OnBehalfFields = (props: { readonly draft: Draft; readonly errors: Errors; readonly kept: readonly KeptFile[]; readonly lang: Lang }) => {
  const { draft, errors, lang } = props
  const word = (vi: string, en: string) => t(lang, { vi, en })
  const field = (name: Field) => ({ name, value: valueOf(draft, name), error: errors[name] })
  const groups: Readonly<Record<Kind, string>> = { individual: word('Thay một người', 'For a person'), organisation: word('Thay một tổ chức', 'For an organisation') }
  return (
    <>
      <h2>{word('Hồ sơ này nộp cho ai?', 'Who is it for?')}</h2>
      <RadioGroup
        name="nop-cho"
        label={word('Tôi nộp', 'I file')}
        value={onBehalfKind(draft) ?? 'self'}
        options={[
          { value: 'self', label: word('Cho chính tôi', 'For myself') },
          { value: 'individual', label: word('Thay người khác', 'For somebody else') },
          { value: 'organisation', label: word('Cho tổ chức, doanh nghiệp', 'For an organisation') },
        ]}
      />
      <div class="on-behalf">
        <TextField {...field('ben-ten')} label={word('Họ tên người đó, hoặc tên tổ chức', 'Name of the person or organisation')} maxlength={250} />
        <TextField {...field('ben-so')} label={word('Số định danh cá nhân, hoặc mã số thuế', 'Personal number or tax code')} inputmode="numeric" size="medium" maxlength={20} />
        <TextField {...field('ben-dien-thoai')} label={word('Điện thoại', 'Phone')} inputmode="tel" size="medium" optional={true} maxlength={20} />
        <TextField {...field('ben-dia-chi')} label={word('Nơi cư trú, trụ sở', 'Address')} optional={true} maxlength={250} />
        <Select
          name="tu-cach"
          label={word('Bạn nộp với tư cách', 'You file as')}
          error={errors['tu-cach']}
          empty={word('– Chọn –', '– Choose –')}
          value={capacityOf(draft) ?? ''}
          options={CAPACITIES.map((one) => ({ value: one, label: lang === 'en' ? CAPACITY[one].titleEn : CAPACITY[one].title, group: groups[CAPACITY[one].of] }))}
        />
        <PaperDrop
          name={`tep-${AUTHORISATION}`}
          keptName={`da-gui-${AUTHORISATION}`}
          label={word('Văn bản ủy quyền, giấy giới thiệu', 'Authorisation, letter of introduction')}
          hint={word('Cha, mẹ, người giám hộ và người đại diện theo pháp luật không cần giấy này.', 'Not needed from a parent, guardian or legal representative.')}
          error={errors[`tep-${AUTHORISATION}`]}
          kept={props.kept}
          lang={lang}
        />
      </div>
    </>
  )
}
