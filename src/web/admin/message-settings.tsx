/** `/quan-tri/tin-nhan/cai-dat`: when nobody is disturbed, how long news waits for more, which way reaches whoever has chosen none. */
import { SetMessageSettings, type SettingsRefusal, getMessageSettings, setMessageSettings } from '#modules/notification'
import { authorise } from '#modules/access'
import { newId } from '#platform/ids.ts'
import { CHANNELS } from '#platform/messaging/provider.ts'
import { type Req, type Route, html, readForm, seeOther, submissionKeyOf } from '../http.ts'
import { Actions, Button, ErrorSummary, type Errors, Form, Notice, Page, PageHead, Select, TextField } from '../ui/index.ts'
import { MESSAGES, MessageTabs, SETTINGS } from './message-frame.tsx'
import { CHANNEL_WORDS } from './message-words.ts'

type Values = Readonly<Record<string, string>>
type Shown = { readonly values: Values; readonly errors: Errors; readonly key: string }

const PLACES = ['kenh-1', 'kenh-2', 'kenh-3'] as const
const clock = (minutes: number): string => `${String(Math.floor(minutes / 60)).padStart(2, '0')}:${String(minutes % 60).padStart(2, '0')}`
const minutesOf = (text: string): number | undefined => {
  const time = /^([01]?\d|2[0-3]):([0-5]\d)$/.exec(text)
  return time === null ? undefined : Number(time[1]) * 60 + Number(time[2])
}

const valuesNow = async (req: Req): Promise<Values> => {
  const { quiet, window, channels } = await getMessageSettings(req.ctx)
  return { tu: clock(quiet.from), den: clock(quiet.to), cho: String(window), ...Object.fromEntries(PLACES.map((place, i) => [place, channels[i] ?? ''])) }
}

const show = async (req: Req, shown: Partial<Shown> = {}, status: 200 | 409 | 422 = 200): Promise<Response> => {
  authorise(req.ctx, 'messages.manage')
  const values = shown.values ?? (await valuesNow(req))
  const errors = shown.errors ?? {}
  return html(
    req,
    <Page view={req.view} title="Cách gửi tin nhắn" area="admin" current={MESSAGES} width="narrow">
      <PageHead title="Cách gửi" lead="Áp dụng cho mọi tin. Tin đang chờ cũng theo cách gửi mới." />
      <MessageTabs current="settings" />
      {req.c.req.query('xong') !== undefined && (
        <Notice tone="ok" role="status">
          Đã lưu.
        </Notice>
      )}
      <Form view={req.view} action={SETTINGS} submissionKey={shown.key ?? newId(req.ctx.now)} label="Cách gửi tin nhắn">
        <ErrorSummary errors={errors} />
        <TextField name="tu" label="Giờ yên tĩnh, từ" value={values['tu']} error={errors['tu']} size="short" hint="24 giờ, ví dụ 21:00. Tin lập trong giờ này chờ đến hết giờ." />
        <TextField name="den" label="Đến" value={values['den']} error={errors['den']} size="short" hint="Hai giờ bằng nhau: không có giờ yên tĩnh." />
        <TextField name="cho" label="Chờ gộp tin (phút)" value={values['cho']} error={errors['cho']} inputmode="numeric" size="short" hint="Những việc xảy ra với một hồ sơ trong lúc chờ được gộp làm một tin. 0: gửi ngay. Nhiều nhất 240." />
        {PLACES.map((place, i) => (
          <Select
            name={place}
            label={`Kênh thứ ${i + 1}`}
            optional={i > 0}
            empty="Không dùng"
            size="medium"
            value={values[place] ?? ''}
            error={errors[place]}
            options={CHANNELS.map((channel) => ({ value: channel, label: CHANNEL_WORDS[channel] }))}
            {...(i === 0 ? { hint: 'Cho người chưa tự chọn: dùng kênh đầu tiên đến được người đó.' } : {})}
          />
        ))}
        <Actions>
          <Button>Lưu</Button>
        </Actions>
      </Form>
    </Page>,
    status,
  )
}

const inWords = (refusal: SettingsRefusal): Errors => {
  switch (refusal.code) {
    case 'no-channel':
      return { 'kenh-1': 'Chọn ít nhất một kênh.' }
    case 'channel-twice':
      return { 'kenh-1': 'Một kênh được chọn hai lần.' }
    case 'quiet-all-day':
      return { den: 'Phải còn ít nhất hai giờ trong ngày để gửi tin.' }
  }
}

const save = async (req: Req): Promise<Response> => {
  const form = await readForm(req)
  const values = Object.fromEntries(['tu', 'den', 'cho', ...PLACES].map((name) => [name, form.get(name)]))
  const [from, to] = [minutesOf(form.get('tu')), minutesOf(form.get('den'))]
  const wait = /^\d{1,3}$/.test(form.get('cho')) && Number(form.get('cho')) <= 240 ? Number(form.get('cho')) : undefined
  const errors: Errors = {
    ...(from === undefined && { tu: 'Ghi giờ theo dạng 21:00.' }),
    ...(to === undefined && { den: 'Ghi giờ theo dạng 07:00.' }),
    ...(wait === undefined && { cho: 'Ghi số phút, từ 0 đến 240.' }),
  }
  const key = submissionKeyOf(req, form)
  const parsed = SetMessageSettings.safeParse({ submissionKey: key, quietFrom: from, quietTo: to, window: wait, channels: PLACES.map((place) => form.get(place)).filter((channel) => channel !== '') })
  if (!parsed.success) return show(req, { values, errors: Object.keys(errors).length > 0 ? errors : { 'kenh-1': 'Chọn kênh trong danh sách.' }, key }, 422)
  const set = await setMessageSettings(req.ctx, parsed.data)
  return set.ok ? seeOther(req, `${SETTINGS}?xong=1`) : show(req, { values, errors: inWords(set.error), key }, 409)
}

export const messageSettingsRoutes: readonly Route[] = [
  { method: 'GET', path: SETTINGS, access: 'messages.manage', handle: (req) => show(req) },
  { method: 'POST', path: SETTINGS, access: 'messages.manage', handle: save },
]
