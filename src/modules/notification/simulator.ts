/** The provider of demo cities, for every channel: takes what a real one would take, sends nothing, and remembers that it took it. */
import type { Db } from '#platform/db/db.ts'
import { sql } from '#platform/db/db.ts'
import { clockNow } from '#platform/clock.ts'
import { CHANNELS, type Channel, type Provider, type Providers } from '#platform/messaging/provider.ts'

const ADDRESS: Readonly<Record<Channel, RegExp>> = { email: /^[^@\s]+@[^@\s]+$/, sms: /^0\d{9}$/, app: /./ }

/** What it took can be looked at in the administration, where every message is drawn as its reader sees it: here stands no text and no address. */
const simulator = (db: Db): Provider => ({
  name: 'simulator',
  send: async ({ id, channel, to, text }) => {
    if (!ADDRESS[channel].test(to)) return { outcome: 'refused', reason: 'bad-address' }
    if (text === '') return { outcome: 'refused', reason: 'empty' }
    await sql`
      insert into notification.simulated (id, channel, at, times) values (${id}, ${channel}, ${new Date(clockNow()).toISOString()}::timestamptz, 1)
      on conflict (id) do update set times = simulated.times + 1`.execute(db)
    return { outcome: 'accepted', as: `simulated-${id}` }
  },
})

export const simulatedProviders = (db: Db): Providers => Object.fromEntries(CHANNELS.map((channel) => [channel, simulator(db)]))
