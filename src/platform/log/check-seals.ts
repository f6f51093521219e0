/** Whether the seals hold together, agree with their files, and are met by the events as they are now. */
import { merkleTree } from './merkle.ts'
import { NO_HASH } from './event-hash.ts'
import type { Fault } from './fault.ts'
import { isBelow } from './check-events.ts'
import { type SealedHead, type SealOnDisk, TRAIL_DIGITS } from './seal-files.ts'
import { type Horizon, type Seal, leafOf, sealHash } from './seal.ts'
import type { WalkedEvent } from './walk-events.ts'

/** The chain of the seals themselves, and against their copies outside the database. */
export const checkSealChain = (seals: readonly Seal[], files: readonly SealOnDisk[] | undefined): readonly Fault[] => {
  const faults: Fault[] = []
  let prev = NO_HASH.toString('hex')
  for (const [i, seal] of seals.entries()) {
    if (seal.n !== i + 1 || seal.prev !== prev) faults.push({ what: 'seal-changed', seal: i + 1, detail: 'the chain of seals is broken' })
    else if (sealHash(seal) !== seal.hash) faults.push({ what: 'seal-changed', seal: seal.n })
    prev = seal.hash
    if (files === undefined) continue
    const file = files.find((f) => f.n === seal.n)
    if (file === undefined) faults.push({ what: 'seal-file-missing', seal: seal.n })
    else if (file.seal === undefined || file.seal.hash !== seal.hash || sealHash(file.seal) !== file.seal.hash) faults.push({ what: 'seal-file-differs', seal: seal.n, detail: file.file })
  }
  for (const file of files ?? []) if (file.n > seals.length) faults.push({ what: 'seal-missing', seal: file.n, detail: `${file.file} knows it` })
  return faults
}

/** Which seal is the first to cover this position; `seals.length` = none yet. */
const coveringSeal = (seals: readonly Horizon[], position: Horizon): number => {
  let [low, high] = [0, seals.length]
  while (low < high) {
    const middle = (low + high) >> 1
    if (isBelow(position, seals[middle] ?? position)) high = middle
    else low = middle + 1
  }
  return low
}

/**
 * Computes every seal again in one walk over the events. A stream's last event among those first covered by seal n is a leaf of that seal's
 * `changes`; so every old seal is checked, and not only the newest: a log that was changed and sealed anew is found by the seal before.
 * `root` is computed for the newest only: the older ones follow from the changes.
 */
export const sealCounter = (seals: readonly Seal[]) => {
  const last = seals.length - 1
  const counted = seals.map(() => ({ events: 0, founded: 0, changes: merkleTree() }))
  const all = merkleTree()
  let unsealed = 0
  let leaf: { readonly seal: number; readonly event: WalkedEvent } | undefined
  const close = () => {
    if (leaf !== undefined && leaf.seal <= last) counted[leaf.seal]?.changes.add(leafOf(leaf.event.stream, leaf.event.seq, leaf.event.hash.toString('hex')))
  }
  return {
    add: (event: WalkedEvent): void => {
      const seal = coveringSeal(seals, event)
      if (leaf === undefined) {
        const first = counted[seal]
        if (first !== undefined) first.founded += 1
      }
      if (leaf !== undefined && leaf.seal !== seal) {
        close()
        if (seal > last && leaf.seal <= last) all.add(leafOf(leaf.event.stream, leaf.event.seq, leaf.event.hash.toString('hex')))
      }
      const count = counted[seal]
      if (count === undefined) unsealed += 1
      else count.events += 1
      leaf = { seal, event }
    },
    endStream: (): void => {
      close()
      if (leaf !== undefined && leaf.seal <= last) all.add(leafOf(leaf.event.stream, leaf.event.seq, leaf.event.hash.toString('hex')))
      leaf = undefined
    },
    unsealed: () => unsealed,
    /** Seals that the events no longer give, the oldest first. */
    notMet: (): readonly Seal[] => {
      let [events, streams] = [0, 0]
      return seals.filter((seal, i) => {
        const count = counted[i]
        if (count === undefined) return true
        events += count.events
        streams += count.founded
        const met = seal.events === events && seal.streams === streams && seal.changed === count.changes.count() && seal.changes === count.changes.root().toString('hex')
        return !met || (i === last && seal.root !== all.root().toString('hex'))
      })
    },
  }
}

/** What a stream holds between two horizons, as the events are now. */
export type Stretch = { readonly stream: WalkedEvent['stream']; readonly first: number; readonly hashes: readonly string[] }

export async function* stretchesOf(events: AsyncIterable<WalkedEvent>, seals: readonly Horizon[], index: number): AsyncGenerator<Stretch> {
  let open: { stream: Stretch['stream']; first: number; hashes: string[] } | undefined
  for await (const event of events) {
    if (coveringSeal(seals, event) !== index) continue
    if (open !== undefined && open.stream !== event.stream) {
      yield open
      open = undefined
    }
    open ??= { stream: event.stream, first: event.seq, hashes: [] }
    open.hashes.push(event.hash.toString('hex'))
  }
  if (open !== undefined) yield open
}

/** Names what differs between the list kept beside a seal and the events as they are now. Both come in order of stream. */
export async function* nameChanges(seal: Seal, sealed: AsyncGenerator<SealedHead>, now: AsyncGenerator<Stretch>): AsyncGenerator<Fault> {
  const list = merkleTree()
  let head = await sealed.next()
  let stretch = await now.next()
  while (head.done !== true || stretch.done !== true) {
    const a = head.done === true ? undefined : head.value
    const b = stretch.done === true ? undefined : stretch.value
    if (a !== undefined && (b === undefined || a.stream <= b.stream)) {
      list.add(leafOf(a.stream, a.seq, a.hash))
      const fault = compare(seal, a, b?.stream === a.stream ? b : undefined)
      if (fault !== undefined) yield fault
      head = await sealed.next()
      if (b?.stream === a.stream) stretch = await now.next()
    } else if (b !== undefined) {
      yield { what: 'event-inserted', stream: b.stream, seq: b.first, seal: seal.n, detail: 'a stream that the seal does not know' }
      stretch = await now.next()
    }
  }
  if (list.root().toString('hex') !== seal.changes) yield { what: 'seal-file-differs', seal: seal.n, detail: 'the list of heads beside it is missing or changed' }
}

const compare = (seal: Seal, sealed: SealedHead, now: Stretch | undefined): Fault | undefined => {
  const { stream, seq, trail } = sealed
  const first = seq - trail.length + 1
  const at = { stream, seal: seal.n }
  if (now === undefined) return { what: first === 1 ? 'stream-missing' : 'event-missing', ...at, seq: first }
  for (const [i, hash] of trail.entries()) {
    const found = now.hashes[i + first - now.first]
    if (found === undefined) return { what: 'event-missing', ...at, seq: first + i }
    if (found.slice(0, TRAIL_DIGITS) !== hash) return { what: 'event-rewritten', ...at, seq: first + i }
  }
  if (now.first < first || now.hashes.length > trail.length) return { what: 'event-inserted', ...at, seq: now.first < first ? now.first : seq + 1 }
  return now.hashes.at(-1) === sealed.hash ? undefined : { what: 'event-rewritten', ...at, seq }
}
