export type { Fact, Facts } from './draw-message.ts'
export { drawExample, smsParts } from './draw-message.ts'
export { EditMessageTemplate, type TemplateRefusal, editMessageTemplate } from './edit-template.ts'
export {
  type Delivery, type DeliveryState, MESSAGE_FILTERS, type MessageFilter, type MessageLine, type MessageSearch, type MessageState, type MessageView,
  countFailedMessages, getMessage, listMessages,
} from './list-messages.ts'
export { type MessageSettings, getMessageSettings } from './message-settings.ts'
export { LANGS, faultsOf as messageFaults, type MessageLang, type MessageTemplate, PARTS, type Part, type TemplateFault, type Texts, valuesOf, withTexts } from './message-template.ts'
export { findPreferences, getOwnPreference } from './find-preferences.ts'
export { type News, SEND_MESSAGE, type Settled, queueNews, settleNews } from './queue-message.ts'
export { ResendDelivery, type ResendRefusal, resendDelivery } from './resend-message.ts'
export { DELIVER_MESSAGE, type Outside, deliverMessage, sendMessage, sweepMessages, wakeMessages } from './send-message.ts'
export { SetMessageSettings, type SettingsRefusal, setMessageSettings } from './set-message-settings.ts'
export { type Preference, SetPreference, setPreference } from './set-preference.ts'
export { SHIPPED_TEMPLATES } from './shipped-templates.ts'
export { simulatedProviders } from './simulator.ts'
export { type TemplateLine, getMessageTemplate, listMessageTemplates } from './template-store.ts'
