/**
 * Pages that wait for news (server-sent events): who is connected to this process, what each is concerned by, and when it was told last. What happened comes
 * through the database (`listen.ts`), the same to every process; here it is only passed on.
 */
import type { Uuid } from '#kernel/ids.ts'

/** `places`: ids of units and posts; 'all': so much that everybody had better look. `id`: grows with the log. */
export type LiveChange = { readonly id: string; readonly places: readonly string[] | 'all' }

export type Watcher = {
  readonly sessionId: Uuid
  readonly places: readonly string[]
  /** The last change that the page knows of; undefined: it was just drawn. */
  readonly since: string | undefined
}

export type LiveHub = {
  /** What a page that is drawn now knows of. */
  readonly lastId: () => string
  /** The stream of one page; undefined when there is no room for another. */
  readonly open: (watcher: Watcher) => ReadableStream<Uint8Array> | undefined
  readonly publish: (change: LiveChange) => void
  readonly size: () => number
  /** Ends every stream. */
  readonly stop: () => void
}

export type HubOptions = {
  /** Streams of this process; of one session. */
  readonly most?: number
  readonly mostPerSession?: number
  /** Which of these sessions go on; asked every few seconds for all at once. */
  readonly stillOpen: (sessions: readonly Uuid[]) => Promise<ReadonlySet<Uuid>>
  /** Milliseconds; tests are quicker. */
  readonly checkEvery?: number
  readonly pause?: number
}

const MOST = 1_000
const MOST_PER_SESSION = 12
const CHECK_EVERY_MS = 5_000
/** Every third check: proxies cut a line that is silent for a minute. */
const CHECKS_PER_BEAT = 3
/** A busy unit shall not make its pages load without end. */
const PAUSE_MS = 1_000
/** Then the browser comes again by itself, with the posts that are held by then. */
const LONGEST_MS = 30 * 60_000
/** A reader this far behind has gone or is asleep. */
const MOST_UNREAD = 32
const KEPT = 256

type Client = Watcher & {
  readonly controller: ReadableStreamDefaultController<Uint8Array>
  readonly since: string | undefined
  readonly openedAt: number
  toldAt: number
  timer: NodeJS.Timeout | undefined
}

const encode = (text: string): Uint8Array => new TextEncoder().encode(text)
const BEAT = encode(': \n\n')

const concerns = (watcher: Pick<Watcher, 'places'>, change: LiveChange): boolean => change.places === 'all' || change.places.some((place) => watcher.places.includes(place))

export const createLiveHub = (options: HubOptions): LiveHub => {
  const clients = new Set<Client>()
  // The beginning has a name of its own: whoever comes from another process is told to look once.
  let kept: readonly LiveChange[] = [{ id: `start-${process.pid}-${Math.round(performance.timeOrigin)}`, places: [] }]
  let checks = 0

  const write = (client: Client, bytes: Uint8Array): void => {
    if ((client.controller.desiredSize ?? -MOST_UNREAD) <= -MOST_UNREAD) return end(client)
    client.controller.enqueue(bytes)
  }
  const end = (client: Client, last?: string): void => {
    if (!clients.delete(client)) return
    clearTimeout(client.timer)
    try {
      if (last !== undefined) client.controller.enqueue(encode(last))
      client.controller.close()
    } catch {
      // The browser was faster.
    }
  }
  const tell = (client: Client): void => {
    client.timer = undefined
    client.toldAt = performance.now()
    write(client, encode(`id: ${kept.at(-1)?.id ?? ''}\nevent: change\ndata:\n\n`))
  }
  const announce = (client: Client): void => {
    const wait = client.toldAt + (options.pause ?? PAUSE_MS) - performance.now()
    if (wait <= 0) tell(client)
    else client.timer ??= setTimeout(() => tell(client), wait).unref()
  }
  const missed = (watcher: Watcher): boolean => {
    if (watcher.since === undefined) return false
    const from = kept.findIndex((change) => change.id === watcher.since)
    return from === -1 || kept.slice(from + 1).some((change) => concerns(watcher, change))
  }
  const check = async (): Promise<void> => {
    checks += 1
    const sessions = [...new Set([...clients].map((client) => client.sessionId))]
    if (sessions.length === 0) return
    // With the database away nobody can sign out either.
    const alive = await options.stillOpen(sessions).catch(() => new Set(sessions))
    for (const client of clients) {
      if (!alive.has(client.sessionId)) end(client, 'event: ended\ndata:\n\n')
      else if (performance.now() - client.openedAt > LONGEST_MS) end(client)
      else if (checks % CHECKS_PER_BEAT === 0) write(client, BEAT)
    }
  }
  const timer = setInterval(() => void check(), options.checkEvery ?? CHECK_EVERY_MS)
  timer.unref()

  return {
    lastId: () => kept.at(-1)?.id ?? '',
    size: () => clients.size,
    open: (watcher) => {
      const own = [...clients].filter((client) => client.sessionId === watcher.sessionId).length
      if (clients.size >= (options.most ?? MOST) || own >= (options.mostPerSession ?? MOST_PER_SESSION)) return undefined
      let client: Client | undefined
      return new ReadableStream<Uint8Array>({
        start: (controller) => {
          client = { ...watcher, controller, openedAt: performance.now(), toldAt: -PAUSE_MS, timer: undefined }
          clients.add(client)
          write(client, encode('retry: 2000\n\n'))
          if (missed(watcher)) tell(client)
        },
        cancel: () => {
          if (client === undefined) return
          clients.delete(client)
          clearTimeout(client.timer)
        },
      })
    },
    publish: (change) => {
      kept = [...kept, change].slice(-KEPT)
      for (const client of clients) if (concerns(client, change)) announce(client)
    },
    stop: () => {
      clearInterval(timer)
      for (const client of clients) end(client)
    },
  }
}

let current: LiveHub | undefined

/** Set once by `app/` when it starts. */
export const useLiveHub = (hub: LiveHub | undefined): void => {
  current = hub
}

/** Undefined where nothing listens (a command, most tests): pages then stay as they were drawn. */
export const liveHub = (): LiveHub | undefined => current
