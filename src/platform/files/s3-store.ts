/**
 * Files in a bucket (S3 and what speaks like it), under `<prefix>/aa/bb/<sha256>/<moment>-<id>`. Every put makes an object of its own and then removes older ones
 * of the same content: a bucket cannot rename, so this is how a sweep can never take away what was put at the same moment. What is still arriving lies on the
 * local disk: before all bytes are there nobody knows the name.
 */
import { randomUUID } from 'node:crypto'
import { createReadStream } from 'node:fs'
import { mkdir, rm } from 'node:fs/promises'
import { dirname, join } from 'node:path'
import type { S3Client } from '@aws-sdk/client-s3'
import { NotFound } from '#kernel/errors.ts'
import { CannotStart } from '../config/cannot-start.ts'
import { checkedPieces, diskParts, sweepTemporary, writeTemporary } from './disk-store.ts'
import { DamagedFile, type Digest, type FileStore, type PutOptions, type StoredContent, isDigest } from './file-store.ts'

export type Bucket = { readonly bucket: string; readonly prefix: string; readonly endpoint: string | undefined; readonly region: string }

/** `s3://bucket/prefix?endpoint=https://…&region=…`. @throws CannotStart */
export const bucketOf = (filesUrl: string): Bucket => {
  const url = URL.canParse(filesUrl) ? new URL(filesUrl) : undefined
  if (url?.protocol !== 's3:' || url.hostname === '') throw new CannotStart('FILES_URL must be s3://BUCKET/PREFIX?endpoint=…&region=…, or be left out for the folder FILES_DIR.')
  return { bucket: url.hostname, prefix: url.pathname.replace(/^\/+|\/+$/g, ''), endpoint: url.searchParams.get('endpoint') ?? undefined, region: url.searchParams.get('region') ?? 'us-east-1' }
}

type Sdk = typeof import('@aws-sdk/client-s3')
type Opened = { readonly sdk: Sdk; readonly client: S3Client; readonly at: Bucket; readonly staging: string }

/** @param staging folder for what is still arriving. Keys come from the environment, as the SDK reads them. @throws CannotStart where the SDK is not installed */
export const s3Store = async (filesUrl: string, staging: string): Promise<FileStore> => {
  const at = bucketOf(filesUrl)
  const sdk = await import('@aws-sdk/client-s3').catch(() => undefined)
  if (sdk === undefined) throw new CannotStart('FILES_URL needs the package @aws-sdk/client-s3, which is not installed: npm install @aws-sdk/client-s3')
  const client = new sdk.S3Client({
    region: at.region,
    ...(at.endpoint !== undefined && { endpoint: at.endpoint, forcePathStyle: true }),
    // Stores that only speak like S3 do not know the newer checksums; our own digest is checked at every reading.
    requestChecksumCalculation: 'WHEN_REQUIRED',
    responseChecksumValidation: 'WHEN_REQUIRED',
    // A bucket that falls silent is an error, not somebody who waits for ever.
    requestHandler: { connectionTimeout: 5_000, socketTimeout: 30_000 },
  })
  const opened: Opened = { sdk, client, at, staging }
  return {
    put: (content, options) => put(opened, content, options),
    open: (digest) => open(opened, digest),
    has: async (digest) => (await objectsOf(opened, digest)).length > 0,
    verify: async (digest) => {
      try {
        const pieces = checkedPieces(await open(opened, digest), digest)
        while ((await pieces.next()).done !== true) {
          // The digest is checked on the way; the bytes are not needed.
        }
        return 'good'
      } catch (error) {
        if (error instanceof NotFound) return 'missing'
        if (error instanceof DamagedFile) return 'damaged'
        throw error
      }
    },
    removeUnlessNewer: async (digest, before) => {
      const all = await objectsOf(opened, digest)
      if (all.length === 0 || all.some((one) => one.putAt >= before)) return false
      await remove(opened, all.map((one) => one.key))
      return true
    },
    parts: diskParts(join(staging, 'parts')),
    sweepTemporary: (before) => sweepTemporary(staging, before),
  }
}

const folderOf = ({ at }: Opened, digest: Digest): string => {
  if (!isDigest(digest)) throw new RangeError('not a digest')
  return [at.prefix, digest.slice(0, 2), digest.slice(2, 4), digest].filter((part) => part !== '').join('/')
}

const put = async (opened: Opened, content: AsyncIterable<Uint8Array>, options: PutOptions): Promise<StoredContent> => {
  const temporary = join(opened.staging, 'tmp', randomUUID())
  await mkdir(dirname(temporary), { recursive: true })
  try {
    const stored = await writeTemporary(temporary, content, options.maxBytes)
    await options.beforeKeep?.(stored)
    const folder = folderOf(opened, stored.digest)
    const key = `${folder}/${String(Date.now()).padStart(15, '0')}-${randomUUID()}`
    await opened.client.send(new opened.sdk.PutObjectCommand({ Bucket: opened.at.bucket, Key: key, Body: createReadStream(temporary), ContentLength: stored.size }))
    // Tidying only: what stays behind is taken by the next put of the same content, or with all of it by a sweep.
    await objectsOf(opened, stored.digest)
      .then((all) => remove(opened, all.map((one) => one.key).filter((other) => other < key)))
      .catch(() => undefined)
    return stored
  } finally {
    await rm(temporary, { force: true })
  }
}

type Stored = { readonly key: string; readonly putAt: number }

/** The oldest first: the moment stands in the name. */
const objectsOf = async (opened: Opened, digest: Digest): Promise<readonly Stored[]> => {
  const prefix = `${folderOf(opened, digest)}/`
  const { Contents: found } = await opened.client.send(new opened.sdk.ListObjectsV2Command({ Bucket: opened.at.bucket, Prefix: prefix }))
  return (found ?? []).flatMap(({ Key: key }) => (key === undefined ? [] : [{ key, putAt: Number(key.slice(prefix.length).split('-')[0]) }])).sort((a, b) => (a.key < b.key ? -1 : 1))
}

const remove = async (opened: Opened, keys: readonly string[]): Promise<void> => {
  for (const key of keys) await opened.client.send(new opened.sdk.DeleteObjectCommand({ Bucket: opened.at.bucket, Key: key }))
}

const open = async (opened: Opened, digest: Digest): Promise<AsyncIterable<Buffer>> => {
  // Between the listing and the reading a newer put may have removed this one: then there is a newer.
  for (let attempt = 0; attempt < 3; attempt += 1) {
    const newest = (await objectsOf(opened, digest)).at(-1)
    if (newest === undefined) break
    const body = await opened.client.send(new opened.sdk.GetObjectCommand({ Bucket: opened.at.bucket, Key: newest.key })).then(
      (answer) => answer.Body,
      (error: unknown) => {
        if (error instanceof opened.sdk.NoSuchKey) return undefined
        throw error
      },
    )
    if (body !== undefined) return checkedPieces(body as AsyncIterable<Uint8Array>, digest)
  }
  throw new NotFound('file')
}
