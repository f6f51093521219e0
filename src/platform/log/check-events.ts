/** PURE. One event against its stream so far: content, chain, order, personal values. */
import type { Json } from '#kernel/digest.ts'
import { NO_HASH, eventHash } from './event-hash.ts'
import type { Fault } from './fault.ts'
import { ERASED_TYPE, privateDigest } from './private.ts'
import type { Horizon } from './seal.ts'
import type { WalkedEvent } from './walk-events.ts'

export type StreamSoFar = {
  seq: number
  hash: Buffer
  position: Horizon
  /** Values that are not there, until an event of this stream says why: `seq/path`. */
  readonly missing: Set<string>
}

export const newStream = (): StreamSoFar => ({ seq: 0, hash: NO_HASH, position: { epoch: 0, xid: '0' }, missing: new Set() })

export const isBelow = (a: Horizon, b: Horizon): boolean => (a.epoch === b.epoch ? BigInt(a.xid) < BigInt(b.xid) : a.epoch < b.epoch)

/** Checks an event and moves the stream on to it. */
export const checkEvent = (so: StreamSoFar, event: WalkedEvent): readonly Fault[] => {
  const faults: Fault[] = []
  const { stream, seq } = event
  const found = (what: Fault['what'], detail?: string, at = seq) => faults.push({ what, stream, seq: at, ...(detail === undefined ? {} : { detail }) })
  if (seq !== so.seq + 1) found('event-missing', seq === so.seq + 2 ? undefined : `${seq - so.seq - 1} events up to seq ${seq - 1}`, so.seq + 1)
  else if (!event.prev.equals(so.hash)) found('chain-broken')
  if (!hashesTo(event)) found('event-changed', event.type)
  if (isBelow(event, so.position)) found('order-broken')
  checkPrivate(so, event, found)
  so.seq = seq
  so.hash = event.hash
  so.position = event
  return faults
}

/** At the end of a stream: values missing without an event that says so. */
export const checkErasures = (so: StreamSoFar, stream: WalkedEvent['stream']): readonly Fault[] =>
  [...so.missing].map((key) => ({ what: 'private-missing', stream, seq: Number(key.split('/')[0]), detail: key.slice(key.indexOf('/') + 1) }))

const hashesTo = (event: WalkedEvent): boolean => {
  try {
    return eventHash(event).equals(event.hash)
  } catch {
    return false // a fraction was written into it: canonical JSON refuses
  }
}

const checkPrivate = (so: StreamSoFar, event: WalkedEvent, found: (what: Fault['what'], detail?: string) => void): void => {
  const there = new Map((event.secrets ?? []).map((s) => [s.path, s]))
  for (const [path, digest] of privateRefs(event.data, '')) {
    const secret = there.get(path)
    there.delete(path)
    if (secret === undefined) so.missing.add(`${event.seq}/${path}`)
    else if (privateDigest(Buffer.from(secret.salt, 'hex'), secret.value) !== digest) found('private-changed', path)
  }
  for (const path of there.keys()) found('private-inserted', path)
  if (event.type === ERASED_TYPE) for (const value of erasedValues(event.data)) so.missing.delete(value)
}

const isRecord = (value: Json | undefined): value is { readonly [key: string]: Json } => value !== null && typeof value === 'object' && !Array.isArray(value)

function* privateRefs(value: Json, path: string): Generator<readonly [string, string]> {
  if (Array.isArray(value)) for (const [i, item] of (value as readonly Json[]).entries()) yield* privateRefs(item, `${path}.${i}`)
  else if (isRecord(value)) {
    const digest = value['$private']
    if (typeof digest === 'string') yield [path, digest]
    else for (const [key, member] of Object.entries(value)) yield* privateRefs(member, path === '' ? key : `${path}.${key}`)
  }
}

const erasedValues = (data: Json): readonly string[] => {
  const values = isRecord(data) ? data['values'] : undefined
  return Array.isArray(values) ? (values as readonly Json[]).filter(isRecord).map((v) => `${String(v['seq'])}/${String(v['path'])}`) : []
}
