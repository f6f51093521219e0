/** PURE. From a template and the facts of an event to what the person reads, by channel and language. */
import { fillPlaceholders, placeholdersIn } from '#kernel/placeholders.ts'
import { type Instant, type PlainDate, dateOf, formatDate, formatTime } from '#kernel/plain-date.ts'
import { withoutAccents } from '#kernel/text.ts'
import type { Channel } from '#platform/messaging/provider.ts'
import { type MessageLang, type MessageTemplate, valuesOf } from './message-template.ts'

/** A fact as it is kept: moments and days are put into words when the language is known. Null: this message has none. */
export type Fact = string | number | null | { readonly at: Instant } | { readonly on: PlainDate }
export type Facts = { readonly [name: string]: Fact }

export type DrawnMessage = { readonly subject: string; readonly text: string }

const inWords = (fact: Fact, lang: MessageLang): string | undefined => {
  if (fact === null) return undefined
  if (typeof fact !== 'object') return String(fact)
  if ('on' in fact) return formatDate(fact.on)
  return lang === 'vi' ? `${formatTime(fact.at)} ngày ${formatDate(dateOf(fact.at))}` : `${formatTime(fact.at)} on ${formatDate(dateOf(fact.at))}`
}

export const drawMessage = (template: MessageTemplate, facts: Facts, lang: MessageLang, channel: Channel): DrawnMessage => {
  const values = Object.fromEntries(Object.entries(facts).map(([name, fact]) => [name, inWords(fact, lang)]))
  const texts = template.texts[lang]
  const subject = fill(texts.subject, values)
  if (channel !== 'sms') return { subject, text: fill(texts[channel], values) }
  // One character with an accent makes three messages of one (70 instead of 160 characters each): a text that was written without keeps without.
  const plain = /^[\n\x20-\x7e]*$/.test(texts.sms)
  return { subject: '', text: fill(texts.sms, plain ? Object.fromEntries(Object.entries(values).map(([name, value]) => [name, value === undefined ? undefined : withoutAccents(value)])) : values) }
}

const fill = (text: string, values: Readonly<Record<string, string | undefined>>): string =>
  text
    .split('\n')
    .filter((line) => placeholdersIn(line).every((name) => values[name] !== undefined))
    .map((line) => fillPlaceholders(line, values))
    .join('\n')
    .replace(/\n{3,}/g, '\n\n')
    .trim()

/** With the examples of its values: what the administrator sees before it is used. */
export const drawExample = (template: MessageTemplate, lang: MessageLang, channel: Channel): DrawnMessage =>
  drawMessage(template, Object.fromEntries(valuesOf(template).map((value) => [value.name, (lang === 'en' ? value.english : undefined) ?? value.example])), lang, channel)

/** How many messages the networks make of an SMS: GSM 03.38 holds 160 (153 of several), with any other character 70 (67). */
export const smsParts = (text: string): number => {
  const [alone, each] = /^[\n\x20-\x5b\x5d\x5f\x61-\x7a]*$/.test(text) ? [160, 153] : [70, 67]
  return text.length <= alone ? 1 : Math.ceil(text.length / each)
}
