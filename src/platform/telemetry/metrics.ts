/** What `/metrics` shows. Measured values are pushed; counts that live in the database are asked for when somebody looks. */
import { Gauge, Histogram, Registry, collectDefaultMetrics } from 'prom-client'
import type pg from 'pg'

export type Readings = {
  readonly subscriptions: readonly { readonly name: string; readonly unread: number; readonly oldestSeconds: number }[]
  readonly jobs: Readonly<Record<string, number>>
}

export type Metrics = {
  readonly observeRequest: (method: string, route: string, status: number, seconds: number) => void
  readonly text: () => Promise<string>
  readonly contentType: string
}

export const createMetrics = (pool: pg.Pool, read: () => Promise<Readings>): Metrics => {
  const registry = new Registry()
  const registers = [registry]
  collectDefaultMetrics({ register: registry, prefix: 'motcua_' })
  const duration = new Histogram({
    name: 'motcua_http_request_seconds',
    help: 'Answers by route pattern',
    labelNames: ['method', 'route', 'status'] as const,
    buckets: [0.005, 0.01, 0.03, 0.1, 0.3, 1, 3, 10],
    registers,
  })
  const connections = new Gauge({
    name: 'motcua_db_connections',
    help: 'Connections of the pool by state',
    labelNames: ['state'] as const,
    registers,
  })
  const unread = new Gauge({ name: 'motcua_subscription_unread', help: 'Events that a subscription has not read yet', labelNames: ['subscription'] as const, registers })
  const age = new Gauge({ name: 'motcua_subscription_lag_seconds', help: 'Age of the oldest unread event', labelNames: ['subscription'] as const, registers })
  const jobs = new Gauge({ name: 'motcua_jobs', help: 'Background jobs by state', labelNames: ['state'] as const, registers })
  return {
    observeRequest: (method, route, status, seconds) => duration.observe({ method, route, status: String(status) }, seconds),
    contentType: registry.contentType,
    text: async () => {
      connections.set({ state: 'idle' }, pool.idleCount)
      connections.set({ state: 'busy' }, pool.totalCount - pool.idleCount)
      connections.set({ state: 'waiting' }, pool.waitingCount)
      const readings = await read()
      for (const s of readings.subscriptions) {
        unread.set({ subscription: s.name }, s.unread)
        age.set({ subscription: s.name }, s.oldestSeconds)
      }
      for (const [state, count] of Object.entries(readings.jobs)) jobs.set({ state }, count)
      return registry.metrics()
    },
  }
}
