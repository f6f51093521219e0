/** E-mail by SMTP (RFC 5321). The library is loaded with the first mail: most processes send none. */
import type { Outcome, Outgoing, Provider } from './provider.ts'

const TIMEOUT_MS = 20_000

type Transport = { readonly sendMail: (mail: object) => Promise<{ readonly messageId: string }> }

/**
 * @param url `smtp://user:password@host:587` or `smtps://…:465`
 * @param from as recipients see it: `Một Cửa Huế <khong-tra-loi@motcua.example.vn>`
 */
export const smtpProvider = (url: string, from: string): Provider => {
  let transport: Promise<Transport> | undefined
  const connect = async (): Promise<Transport> => {
    const { createTransport } = await import('nodemailer')
    return createTransport({ url, connectionTimeout: TIMEOUT_MS, greetingTimeout: TIMEOUT_MS, socketTimeout: TIMEOUT_MS })
  }
  const domain = /@([^>\s]+)/.exec(from)?.[1] ?? 'motcua.invalid'
  return {
    name: 'smtp',
    send: async (message: Outgoing): Promise<Outcome> => {
      try {
        transport ??= connect()
        const sent = await (await transport).sendMail({
          from,
          to: { name: '', address: message.to },
          subject: message.subject,
          text: message.text,
          // The same at every attempt: a mail server that got it twice shows it once.
          messageId: `<${message.id}@${domain}>`,
          headers: { 'Auto-Submitted': 'auto-generated' },
        })
        return { outcome: 'accepted', as: sent.messageId }
      } catch (error) {
        return outcomeOf(error)
      }
    },
  }
}

/** 5xx is for good (RFC 5321 §4.2.1), except where it is about us (530–538: not signed in): that is a wrong setting, and heals. */
const outcomeOf = (error: unknown): Outcome => {
  const { responseCode, code } = error as { readonly responseCode?: unknown; readonly code?: unknown }
  if (typeof responseCode === 'number') {
    const permanent = responseCode >= 550 && responseCode < 560
    return { outcome: permanent ? 'refused' : 'retry', reason: `smtp-${responseCode}` }
  }
  if (code === 'EENVELOPE') return { outcome: 'refused', reason: 'bad-address' }
  return { outcome: 'retry', reason: 'unreachable' }
}
