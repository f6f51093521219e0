/** How messages leave this installation: by mail server and gateways as the environment says, in a demo city never: there the simulator takes everything. */
import { DELIVER_MESSAGE, type Outside, SEND_MESSAGE, deliverMessage, sendMessage, simulatedProviders } from '#modules/notification'
import { uuid } from '#kernel/ids.ts'
import { gatewayProvider } from '#platform/messaging/gateway-provider.ts'
import type { Providers } from '#platform/messaging/provider.ts'
import { smtpProvider } from '#platform/messaging/smtp-provider.ts'
import type { Task } from '#platform/jobs/worker.ts'
import type { Installation } from './open.ts'

const providersOf = ({ config, mode, db }: Installation): Providers => {
  if (mode === 'demo') return simulatedProviders(db)
  const { smtpUrl, mailFrom, smsUrl, appMessageUrl } = config
  return {
    ...(smtpUrl !== undefined && mailFrom !== undefined && { email: smtpProvider(smtpUrl, mailFrom) }),
    ...(smsUrl !== undefined && { sms: gatewayProvider(smsUrl) }),
    ...(appMessageUrl !== undefined && { app: gatewayProvider(appMessageUrl) }),
  }
}

/** @param here the address of this program, for links where PUBLIC_URL is not set */
export const outsideOf = (installation: Installation, here: string, cityName: Outside['cityName']): Outside => ({
  providers: providersOf(installation),
  publicUrl: installation.config.publicUrl ?? here,
  cityName,
})

const idIn = (payload: unknown, name: string) => uuid(String((payload as Readonly<Record<string, unknown>>)[name]))

export const messageTasks = (outside: Outside): Readonly<Record<string, Task>> => ({
  [SEND_MESSAGE]: (ctx, payload) => sendMessage(ctx, outside, idIn(payload, 'messageId')),
  [DELIVER_MESSAGE]: (ctx, payload) => deliverMessage(ctx, outside, idIn(payload, 'deliveryId')),
})
