import { setTimeout as sleep } from 'node:timers/promises'
import { afterEach, describe, expect, it } from 'vitest'
import { uuid } from '#kernel/ids.ts'
import { type HubOptions, type LiveHub, createLiveHub } from './live-hub.ts'

const SESSION = uuid('019b0000-0000-7000-8000-000000000001')
const OTHER = uuid('019b0000-0000-7000-8000-000000000002')
const hubs: LiveHub[] = []
const newHub = (options: Partial<HubOptions> = {}) => {
  const hub = createLiveHub({ stillOpen: async (sessions) => new Set(sessions), pause: 0, ...options })
  hubs.push(hub)
  return hub
}
afterEach(() => hubs.splice(0).forEach((hub) => hub.stop()))

/** What a browser has got so far. */
const watch = (hub: LiveHub, watcher: Partial<Parameters<LiveHub['open']>[0]> = {}) => {
  const stream = hub.open({ sessionId: SESSION, places: ['unit-1'], since: undefined, ...watcher })
  if (stream === undefined) throw new Error('no room')
  const reader = stream.getReader()
  const got = { text: '', done: false }
  const decoder = new TextDecoder()
  void (async () => {
    for (;;) {
      const { value, done } = await reader.read()
      if (done) return void (got.done = true)
      got.text += decoder.decode(value)
    }
  })()
  return { got, leave: () => reader.cancel(), changes: async () => { await sleep(5); return [...got.text.matchAll(/id: (\S+)\nevent: change/g)].map((m) => m[1]) } }
}

describe('an open page', () => {
  it('is told what concerns it, and nothing else', async () => {
    const hub = newHub()
    const page = watch(hub)
    hub.publish({ id: '1', places: ['unit-2', 'post-7'] })
    hub.publish({ id: '2', places: ['unit-1'] })
    hub.publish({ id: '3', places: 'all' })
    expect(await page.changes()).toEqual(['2', '3'])
    expect(page.got.text).toContain('retry: 2000')
  })

  it('that comes again is told once whether it missed something', async () => {
    const hub = newHub()
    const drawn = hub.lastId()
    hub.publish({ id: '1', places: ['unit-1'] })
    hub.publish({ id: '2', places: ['unit-2'] })
    expect(await watch(hub, { since: '1' }).changes(), 'only somebody else’s').toEqual([])
    expect(await watch(hub, { since: drawn }).changes(), 'drawn before the change, opened after').toEqual(['2'])
    expect(await watch(hub, { since: 'of-another-process' }).changes(), 'nobody knows').toEqual(['2'])
    expect(await watch(hub, { since: undefined }).changes()).toEqual([])
  })

  it('of a busy unit is told once a pause, the last change included', async () => {
    const hub = newHub({ pause: 60 })
    const page = watch(hub)
    for (let i = 1; i <= 50; i += 1) hub.publish({ id: String(i), places: ['unit-1'] })
    expect(await page.changes()).toEqual(['1'])
    await sleep(90)
    expect(await page.changes()).toEqual(['1', '50'])
  })

  it('ends when its session does, and is told not to come again', async () => {
    const hub = newHub({ checkEvery: 10, stillOpen: async (sessions) => new Set(sessions.filter((id) => id === OTHER)) })
    const [gone, stays] = [watch(hub), watch(hub, { sessionId: OTHER })]
    await sleep(60)
    expect([gone.got.done, stays.got.done, hub.size()]).toEqual([true, false, 1])
    expect(gone.got.text).toContain('event: ended')
    expect(stays.got.text, 'a sign of life, or proxies would cut the line').toContain(': \n\n')
  })

  it('goes on while the database is away', async () => {
    const hub = newHub({ checkEvery: 10, stillOpen: async () => Promise.reject(new Error('away')) })
    const page = watch(hub)
    await sleep(40)
    expect(page.got.done).toBe(false)
  })
})

describe('a process', () => {
  it('holds so many streams and no more, of one session a dozen; whoever leaves makes room', async () => {
    const hub = newHub({ most: 3, mostPerSession: 2 })
    const first = watch(hub)
    watch(hub)
    expect(hub.open({ sessionId: SESSION, places: [], since: undefined })).toBeUndefined()
    watch(hub, { sessionId: OTHER })
    expect(hub.open({ sessionId: uuid('019b0000-0000-7000-8000-000000000003'), places: [], since: undefined })).toBeUndefined()
    await first.leave()
    expect(hub.size()).toBe(2)
    watch(hub)
  })

  it('lets go of a reader that does not read', async () => {
    const hub = newHub()
    expect(hub.open({ sessionId: SESSION, places: ['unit-1'], since: undefined })).toBeDefined()
    for (let i = 0; i < 100; i += 1) hub.publish({ id: String(i), places: ['unit-1'] })
    await sleep(20)
    expect(hub.size()).toBeLessThanOrEqual(1)
    for (let i = 0; i < 100; i += 1) {
      hub.publish({ id: String(i), places: ['unit-1'] })
      await sleep(1)
    }
    expect(hub.size()).toBe(0)
  })

  it('ends all of them when it stops', async () => {
    const hub = newHub()
    const page = watch(hub)
    hub.stop()
    await sleep(5)
    expect(page.got.done).toBe(true)
  })
})
