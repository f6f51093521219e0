/** What the three rooms of the messages share. */
import { Tabs } from '../ui/index.ts'

export const MESSAGES = '/quan-tri/tin-nhan'
export const TEMPLATES = `${MESSAGES}/mau`
export const SETTINGS = `${MESSAGES}/cai-dat`

export const MessageTabs = (props: { readonly current: 'sent' | 'templates' | 'settings' }) => (
  <Tabs
    label="Tin nhắn"
    tabs={[
      { href: MESSAGES, label: 'Tin đã lập', current: props.current === 'sent' },
      { href: TEMPLATES, label: 'Mẫu', current: props.current === 'templates' },
      { href: SETTINGS, label: 'Cách gửi', current: props.current === 'settings' },
    ]}
  />
)

/** As it looks on a telephone: the e-mail with its subject, the SMS as a bubble, the app's message with its title. */
export const Drawn = (props: { readonly channel: 'email' | 'sms' | 'app'; readonly subject: string; readonly text: string; readonly lang: 'vi' | 'en' }) => (
  <div class={`drawn-message ${props.channel}`} lang={props.lang}>
    {props.subject !== '' && <p class="drawn-subject">{props.subject}</p>}
    <p class="drawn-text">{props.text}</p>
  </div>
)
