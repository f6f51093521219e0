/**
 * SMS and app messages through an HTTP gateway of the operator's choice. The contract is as small as can be (docs/operations.md): a small program in between
 * speaks whatever the telephone company speaks.
 */
import { z } from 'zod'
import type { Outcome, Outgoing, Provider } from './provider.ts'

const TIMEOUT_MS = 15_000

const Accepted = z.object({ id: z.string().min(1).max(200) })

/** @param url `https://gateway.example.vn/messages`; user and password in it go as basic authentication */
export const gatewayProvider = (url: string): Provider => {
  const address = new URL(url)
  const credentials = address.username === '' ? undefined : Buffer.from(`${decodeURIComponent(address.username)}:${decodeURIComponent(address.password)}`).toString('base64')
  address.username = ''
  address.password = ''
  return {
    name: 'gateway',
    send: async ({ id, channel, to, subject, text }: Outgoing): Promise<Outcome> => {
      const answer = await ask(address, { id, channel, to, subject, text }, { 'idempotency-key': id, ...(credentials !== undefined && { authorization: `Basic ${credentials}` }) })
      if (answer === undefined) return { outcome: 'retry', reason: 'unreachable' }
      if (answer.ok) {
        const accepted = Accepted.safeParse(await answer.json().catch(() => undefined))
        return { outcome: 'accepted', as: accepted.success ? accepted.data.id : id }
      }
      // 400 and 422 are about this message; all else is about us or about now.
      return { outcome: answer.status === 400 || answer.status === 422 ? 'refused' : 'retry', reason: `http-${answer.status}` }
    },
  }
}

const ask = (address: URL, body: object, headers: Record<string, string>): Promise<Response | undefined> =>
  fetch(address, { method: 'POST', body: JSON.stringify(body), headers: { 'content-type': 'application/json', ...headers }, redirect: 'error', signal: AbortSignal.timeout(TIMEOUT_MS) }).catch(() => undefined)
