import type { Uuid } from '#kernel/ids.ts'

/** What `verify` can find. */
export type FaultKind =
  | 'event-changed' // its content no longer gives its hash
  | 'event-missing' // a seq is skipped, or fewer events than the head or a seal says
  | 'event-inserted' // more events than the head or a seal says
  | 'event-rewritten' // chain whole, but a seal knows another hash
  | 'chain-broken' // its prev is not the hash of the event before
  | 'order-broken' // its (epoch, xid) runs against seq
  | 'stream-missing' // a head or a seal without any event
  | 'head-missing'
  | 'head-differs'
  | 'private-changed'
  | 'private-missing' // without an event privacy.erased that names it
  | 'private-inserted'
  | 'seal-changed' // its content no longer gives its hash, or the chain of seals is broken
  | 'seal-missing' // a file knows a seal that the database does not
  | 'seal-file-missing'
  | 'seal-file-differs'
  | 'seal-not-met' // the events no longer give what was sealed
  | 'year-missing' // detached and no longer in this database
  | 'id-unknown' // a plain id (decision 13) that names nothing
  | 'file-missing' // content that something refers to is not in the file store
  | 'file-damaged' // … or its bytes no longer give its digest

export type Fault = {
  readonly what: FaultKind
  readonly stream?: Uuid
  readonly seq?: number
  readonly seal?: number
  readonly detail?: string
}

export type FaultList = { readonly add: (fault: Fault) => void; readonly first: () => Fault | undefined; readonly kept: () => readonly Fault[]; readonly count: () => number }

/** Keeps the first hundred and counts the rest: a log with a million faults must not fill the memory. */
export const faultList = (): FaultList => {
  const kept: Fault[] = []
  let count = 0
  return {
    add: (fault) => {
      count += 1
      if (kept.length < 100) kept.push(fault)
    },
    first: () => kept[0],
    kept: () => kept,
    count: () => count,
  }
}
