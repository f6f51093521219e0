/** `/static/…` straight from memory, compressed once at start, kept by browsers for ever: the name carries the digest. */
import type { IncomingMessage, ServerResponse } from 'node:http'
import type { Asset } from '#web/assets.ts'
import { bestEncoding, packAsset } from './compress.ts'
import { securityHeaders } from './headers.ts'

type Ready = Asset & { br?: Buffer; gzip?: Buffer }

export type Statics = (request: IncomingMessage, response: ServerResponse) => boolean

/** Compressing goes on behind the first requests; until it is done they get the plain bytes. */
export const serveStatics = (assets: ReadonlyMap<string, Asset>, https: boolean): Statics => {
  const ready = new Map<string, Ready>([...assets].map(([path, asset]) => [path, { ...asset }]))
  void compressAll(ready)
  const common = securityHeaders(https)
  return (request, response) => {
    const url = request.url ?? ''
    if (!url.startsWith('/static/')) return false
    const asset = ready.get(url.split('?', 1)[0] ?? '')
    if (asset === undefined || (request.method !== 'GET' && request.method !== 'HEAD')) {
      response.writeHead(asset === undefined ? 404 : 405, { ...common, 'content-type': 'text/plain', 'cache-control': 'no-store' }).end()
      return true
    }
    const encoding = bestEncoding(request.headers['accept-encoding'])
    const packed = encoding === undefined ? undefined : asset[encoding]
    const body = packed ?? asset.body
    response.writeHead(200, {
      ...common,
      'content-type': asset.type,
      'content-length': body.length,
      'cache-control': 'public, max-age=31536000, immutable',
      vary: 'accept-encoding',
      ...(packed === undefined || encoding === undefined ? {} : { 'content-encoding': encoding }),
    })
    response.end(request.method === 'HEAD' ? undefined : body)
    return true
  }
}

const compressAll = async (assets: Map<string, Ready>): Promise<void> => {
  for (const asset of assets.values()) {
    // Fonts are compressed already.
    if (asset.type.startsWith('font/') || asset.body.length < 512) continue
    asset.gzip = await packAsset(asset.body, 'gzip')
    asset.br = await packAsset(asset.body, 'br')
  }
}
