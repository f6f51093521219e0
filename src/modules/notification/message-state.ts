/** PURE. What is decided about messages, as events and as the rows made of them: the only place where these rows are built (decision 10). What was sent is a delivery record, no row of this kind. */
import { type Uuid, uuid } from '#kernel/ids.ts'
import type { Instant } from '#kernel/plain-date.ts'
import type { NewEvent } from '#platform/log/append.ts'
import type { LoggedEvent } from '#platform/log/read-stream.ts'
import type { Channel } from '#platform/messaging/provider.ts'
import type { MessageLang, MessageTemplate } from './message-template.ts'
import type { Preference } from './set-preference.ts'

/** Stream of what an administrator decides about messages; a person's own choice stands in theirs. */
export const MESSAGES_STREAM: Uuid = uuid('019b0000-0000-7000-8000-0000003e55a6')

type Settings = { readonly quietFrom: number; readonly quietTo: number; readonly window: number; readonly channels: readonly Channel[] }
type Template = Pick<MessageTemplate, 'kind' | 'version' | 'texts'>

export const preferenceSet = (preference: Preference): NewEvent => ({ type: 'preference.set', data: preference })
export const settingsSet = (settings: Settings): NewEvent => ({ type: 'message.settings-set', data: settings })
export const templateSet = ({ kind, version, texts }: Template): NewEvent => ({ type: 'message.template-set', data: { kind, version, texts } })
/** As shipped again. */
export const templateRestored = ({ kind, version }: Template): NewEvent => ({ type: 'message.template-restored', data: { kind, version } })

export type PreferenceRow = { readonly person_id: Uuid; readonly channels: readonly Channel[]; readonly lang: MessageLang; readonly digest: boolean; readonly urgent: boolean; readonly changed_at: Instant }
export type SettingRow = { readonly one: true; readonly quiet_from: number; readonly quiet_to: number; readonly window_minutes: number; readonly channels: readonly Channel[] }
export type TemplateRow = { readonly kind: string; readonly version: string; readonly content: { readonly texts: MessageTemplate['texts'] }; readonly changed_at: Instant }

/** `template` null: that kind speaks as shipped, without a row. */
export type MessageRow = { readonly preference: PreferenceRow } | { readonly setting: SettingRow } | { readonly template: TemplateRow | null; readonly kind: string }

type Told = Pick<NewEvent, 'type' | 'data'>

/** Undefined for an event of another kind. The last of each wins: every event says the whole. */
export const rowOf = (stream: Uuid, event: Told, at: Instant): MessageRow | undefined => {
  switch (event.type) {
    case 'preference.set':
      return { preference: { person_id: stream, ...(event.data as Preference), changed_at: at } }
    case 'message.settings-set': {
      const { quietFrom, quietTo, window, channels } = event.data as Settings
      return { setting: { one: true, quiet_from: quietFrom, quiet_to: quietTo, window_minutes: window, channels } }
    }
    case 'message.template-set': {
      const { kind, version, texts } = event.data as Template
      return { kind, template: { kind, version, content: { texts }, changed_at: at } }
    }
    case 'message.template-restored':
      return { kind: (event.data as Template).kind, template: null }
    default:
      return undefined
  }
}

/** The same of what stands in the log. */
export const rowOfLogged = (stream: Uuid, { type, data, at }: LoggedEvent): MessageRow | undefined => rowOf(stream, { type, data } as Told, at)
