/** The listening part: a plain Node server that answers probes and assets itself, gives the rest to the application, and can be drained. */
import { type IncomingMessage, type Server, type ServerResponse, createServer } from 'node:http'
import { setTimeout as sleep } from 'node:timers/promises'
import { getRequestListener } from '@hono/node-server'
import { CannotStart } from '#platform/config/cannot-start.ts'

type Handler = (request: IncomingMessage, response: ServerResponse) => boolean

export type WebServer = {
  readonly port: number
  /** From now on requests are answered; before, they are told to come back. */
  readonly open: (first: readonly Handler[], app: (request: Request, env: { incoming: IncomingMessage; outgoing: ServerResponse }) => Response | Promise<Response>) => void
  /** Takes no more, lets running requests end for at most this long. */
  readonly drain: (ms: number) => Promise<void>
}

const notYet = (request: IncomingMessage, response: ServerResponse): void => {
  const up = request.url === '/healthz'
  response.writeHead(up ? 200 : 503, { 'content-type': 'application/json', 'cache-control': 'no-store', 'retry-after': '2' })
  response.end(up ? '{"ok":true}' : '{"ok":false,"starting":true}')
}

/** @throws CannotStart when the port is taken */
export const listen = async (host: string, port: number): Promise<WebServer> => {
  const state: { handle: (request: IncomingMessage, response: ServerResponse) => void; draining: boolean } = { handle: notYet, draining: false }
  const server = createServer({ keepAliveTimeout: 20_000, headersTimeout: 15_000, requestTimeout: 300_000 }, (request, response) => {
    // Who has been answered during the drain shall not ask again on this connection.
    if (state.draining) response.setHeader('connection', 'close')
    state.handle(request, response)
  })
  await bind(server, host, port)
  const address = server.address()
  return {
    port: address !== null && typeof address === 'object' ? address.port : port,
    open: (first, app) => {
      const listener = getRequestListener((request, env) => app(request, { incoming: env.incoming as IncomingMessage, outgoing: env.outgoing as ServerResponse }), { overrideGlobalObjects: true })
      state.handle = (request, response) => {
        if (!first.some((handler) => handler(request, response))) void listener(request, response)
      }
    },
    drain: async (ms) => {
      state.draining = true
      const sweep = setInterval(() => server.closeIdleConnections(), 50)
      await Promise.race([new Promise<void>((resolve) => server.close(() => resolve())), sleep(ms, undefined, { ref: false })])
      clearInterval(sweep)
      server.closeAllConnections()
    },
  }
}

const bind = (server: Server, host: string, port: number): Promise<void> =>
  new Promise((resolve, reject) => {
    server.once('error', (error: NodeJS.ErrnoException) => {
      const reasons: Readonly<Record<string, string>> = {
        EADDRINUSE: `Port ${port} is taken: set PORT to another one, or stop what listens there.`,
        EACCES: `Port ${port} needs special rights: set PORT to one above 1023.`,
        EADDRNOTAVAIL: `This machine has no address ${host}: set HOST to one that it has.`,
        ENOTFOUND: `There is no host ${host}: set HOST to an address of this machine.`,
      }
      const sentence = reasons[error.code ?? '']
      reject(sentence === undefined ? error : new CannotStart(sentence))
    })
    server.listen(port, host, resolve)
  })
