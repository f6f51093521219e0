/** Pages leave compressed, with an ETag. Equal pages are compressed once: the most visited ones are the same for everybody. */
import { createHash } from 'node:crypto'
import { promisify } from 'node:util'
import { brotliCompress, constants, gzip } from 'node:zlib'

const brotli = promisify(brotliCompress)
const zip = promisify(gzip)

export type Encoding = 'br' | 'gzip' | undefined

export const bestEncoding = (accepted: string | null | undefined): Encoding =>
  accepted === null || accepted === undefined ? undefined : /\bbr\b/.test(accepted) ? 'br' : /\bgzip\b/.test(accepted) ? 'gzip' : undefined

/** Below this the headers weigh more than what is saved. */
const WORTH_IT = 1_024
const CACHE_BYTES = 24 * 1024 * 1024

const cache = new Map<string, Buffer>()
let cached = 0

const remember = (key: string, body: Buffer): void => {
  cache.set(key, body)
  cached += body.length
  for (const [oldest, bytes] of cache) {
    if (cached <= CACHE_BYTES) break
    cache.delete(oldest)
    cached -= bytes.length
  }
}

const pack = (body: Buffer, encoding: 'br' | 'gzip', effort: 'page' | 'asset'): Promise<Buffer> =>
  encoding === 'br'
    ? brotli(body, { params: { [constants.BROTLI_PARAM_QUALITY]: effort === 'asset' ? 11 : 4, [constants.BROTLI_PARAM_SIZE_HINT]: body.length } })
    : zip(body, { level: effort === 'asset' ? 9 : 5 })

export const packAsset = (body: Buffer, encoding: 'br' | 'gzip'): Promise<Buffer> => pack(body, encoding, 'asset')

export type Packed = { readonly body: Buffer; readonly encoding: Encoding; readonly etag: string }

/** @param shared the page is the same for everybody, so its compressed form is worth keeping */
export const packPage = async (text: string, encoding: Encoding, shared: boolean): Promise<Packed> => {
  const plain = Buffer.from(text)
  const digest = createHash('sha1').update(plain).digest('base64url')
  if (encoding === undefined || plain.length < WORTH_IT) return { body: plain, encoding: undefined, etag: `W/"${digest}"` }
  const key = `${encoding}:${digest}`
  const known = cache.get(key)
  const body = known ?? (await pack(plain, encoding, 'page'))
  if (known === undefined && shared) remember(key, body)
  return { body, encoding, etag: `W/"${digest}"` }
}
