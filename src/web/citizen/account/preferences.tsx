/** `/tai-khoan/tin-nhan`: by which ways I want to be told, and in which language; officers also what of their work. */
import { type Preference, SetPreference, getMessageSettings, getOwnPreference, setPreference } from '#modules/notification'
import { getOwnPerson } from '#modules/organisation'
import { newId } from '#platform/ids.ts'
import type { Channel } from '#platform/messaging/provider.ts'
import { type Req, html, readForm, seeOther, submissionKeyOf } from '../../http.ts'
import { Actions, Button, Checkbox, CheckboxGroup, Form, Notice, Page, PageHead, RadioGroup } from '../../ui/index.ts'
import { t } from '../../words.ts'

const HERE = '/tai-khoan/tin-nhan'

/** As it would be without a choice: what the page shows ticked at first. */
const presently = async (req: Req, addresses: { readonly email: string | null; readonly phone: string | null }): Promise<Preference> => {
  const own = await getOwnPreference(req.ctx)
  if (own !== undefined) return own
  const has = { email: addresses.email !== null, sms: addresses.phone !== null, app: true }
  const offered = (channel: Channel) => req.channels.includes(channel) && has[channel]
  const first = (await getMessageSettings(req.ctx)).channels.find(offered)
  return { channels: first === undefined ? [] : [first], lang: req.view.lang, digest: true, urgent: true }
}

export const showPreferences = async (req: Req): Promise<Response> => {
  const { view } = req
  const word = (vi: string, en: string) => t(view.lang, { vi, en })
  const { email, phone } = await getOwnPerson(req.ctx)
  const now = await presently(req, { email, phone })
  const missing = word('chưa có; mang căn cước đến Bộ phận Một cửa để bổ sung', 'none on record; bring your identity card to a one-stop desk')
  return html(
    req,
    <Page view={view} title={word('Cách nhận tin', 'How you are told')} area="citizen" current="/tai-khoan">
      <PageHead title={word('Cách nhận tin', 'How you are told')} lead={word('Chúng tôi báo khi hồ sơ của bạn có thay đổi: đã nhận, cần bổ sung, có kết quả.', 'We tell you when something happens to your application: received, something missing, result ready.')} />
      {req.c.req.query('xong') !== undefined && (
        <Notice tone="ok" role="status">
          {word('Đã lưu. Áp dụng từ tin tiếp theo.', 'Saved. It holds from the next message on.')}
        </Notice>
      )}
      <Form view={view} action={HERE} submissionKey={newId(req.ctx.now)} label={word('Cách nhận tin', 'How you are told')}>
        {req.channels.length === 0 && <p>{word('Nơi này chưa gửi tin qua thư điện tử, SMS hay ứng dụng. Hồ sơ vẫn xem được trong tài khoản.', 'No messages are sent from here yet, by e-mail, SMS or app. Your applications stay visible in your account.')}</p>}
        {req.channels.length > 0 && <CheckboxGroup
          name="kenh"
          label={word('Nhận qua', 'By')}
          optional
          values={now.channels}
          hint={word('Bỏ hết thì không nhận tin nào; hồ sơ vẫn xem được trong tài khoản.', 'Tick none to get none; your applications stay visible in your account.')}
          options={[
            { value: 'email' as const, label: word('Thư điện tử', 'E-mail'), hint: email ?? missing },
            { value: 'sms' as const, label: 'SMS', hint: phone ?? missing },
            { value: 'app' as const, label: word('Ứng dụng trên điện thoại', 'The app on your phone') },
          ].filter(({ value }) => req.channels.includes(value))}
        />}
        <RadioGroup name="ngon-ngu" label={word('Ngôn ngữ', 'Language')} value={now.lang} options={[{ value: 'vi', label: 'Tiếng Việt' }, { value: 'en', label: 'English' }]} />
        {view.signedIn?.isOfficer === true && (
          <>
            <Checkbox name="ban-tin" label="Bản tin buổi sáng: việc quá hạn, đến hạn, mới đến" checked={now.digest} />
            <Checkbox name="gap" label="Báo ngay khi được giao hồ sơ hẹn trả hôm nay hoặc đã quá hẹn" checked={now.urgent} />
          </>
        )}
        <Actions>
          <Button>{word('Lưu', 'Save')}</Button>
        </Actions>
      </Form>
    </Page>,
  )
}

export const savePreferences = async (req: Req): Promise<Response> => {
  const form = await readForm(req)
  const own = await getOwnPreference(req.ctx)
  const officer = req.view.signedIn?.isOfficer === true
  const parsed = SetPreference.safeParse({
    submissionKey: submissionKeyOf(req, form),
    // What is not offered today stays as it was chosen.
    channels: [...form.list('kenh'), ...(own?.channels ?? (req.channels.length === 0 ? (await getMessageSettings(req.ctx)).channels.slice(0, 1) : [])).filter((channel) => !req.channels.includes(channel))],
    lang: form.get('ngon-ngu'),
    // Who is no officer today keeps what they chose as one.
    digest: officer ? form.get('ban-tin') === '1' : (own?.digest ?? true),
    urgent: officer ? form.get('gap') === '1' : (own?.urgent ?? true),
  })
  // Only boxes and circles: what does not fit was not sent by this page.
  if (!parsed.success) return seeOther(req, HERE)
  await setPreference(req.ctx, parsed.data)
  return seeOther(req, `${HERE}?xong=1`)
}
