import { authorise } from '#modules/access'
import { sha256 } from '#kernel/digest.ts'
import { type Uuid, uuidv7 } from '#kernel/ids.ts'
import { dayNumber, instantAt, plainDate } from '#kernel/plain-date.ts'
import type { Ctx } from '#platform/ctx.ts'
import { inTx } from '#platform/db/db.ts'
import { appendMany } from '#platform/log/append.ts'
import { type KnownProcedure, bumpVersion, findKnown, insertProcedures, insertRevisions, lockImports, setCurrent } from './catalogue-store.ts'
import { forgetSnapshot } from './catalogue-snapshot.ts'
import { type PublishedRecord, type RecordSource, recordDigest, splitRecord } from './procedure-record.ts'
import { applyShippedSettlements } from './settled-data.ts'
import { type BadLine, readLine } from './read-line.ts'

/** One line of one file, without its line break. */
export type SourceLine = { readonly file: string; readonly line: number; readonly bytes: Uint8Array }

type Rejected = BadLine & { readonly file: string; readonly line: number }
export type ImportReport = {
  /** = created + revised + unchanged + rejected; blank lines are not read. */
  readonly read: number
  readonly created: number
  readonly revised: number
  readonly unchanged: number
  /** Method rows that the shipped decisions settled just now. */
  readonly settled: number
  readonly rejected: readonly Rejected[]
}

/** At most so many procedures a transaction, so that none holds the readers of the log back (decision 3) and an interrupted import has lost little. */
const BATCH = 100

export type ImportOptions = { readonly onProgress?: (done: { readonly read: number }) => void }

/**
 * COMMAND. Reads published procedures into the catalogue: an unknown code is created, a changed record becomes the next revision, the same record changes nothing.
 * A bad line is reported and never stops the rest. Interrupted, it is simply run again: each batch stands once committed.
 * @throws Forbidden
 */
export const importProcedures = async (ctx: Ctx, sources: AsyncIterable<SourceLine>, options: ImportOptions = {}): Promise<ImportReport> => {
  const post = authorise(ctx, 'catalogue.import')
  const rejected: Rejected[] = []
  const counts = { created: 0, revised: 0, unchanged: 0 }
  let read = 0
  let batch: Incoming[] = []
  const flush = async () => {
    if (batch.length === 0) return
    const done = await importBatch(ctx, batch, post?.postId)
    for (const key of ['created', 'revised', 'unchanged'] as const) counts[key] += done[key]
    batch = []
    options.onProgress?.({ read })
  }
  let seen = { file: '', codes: new Set<string>() }
  for await (const { file, line, bytes } of sources) {
    if (isBlank(bytes)) continue
    read++
    if (seen.file !== file) {
      // The same code in two files of one run is two versions, one after the other: they may not meet in one batch.
      await flush()
      seen = { file, codes: new Set() }
    }
    const result = readLine(bytes)
    if (!result.ok) {
      rejected.push({ file, line, procedure: result.procedure, error: result.error, reason: result.reason })
      continue
    }
    const { code } = result.record
    if (seen.codes.has(code)) {
      rejected.push({ file, line, procedure: code, error: 'duplicate-in-file', reason: `${code} stands in this file twice` })
      continue
    }
    seen.codes.add(code)
    const { published, source } = splitRecord(result.record)
    batch.push({ published, source, digest: recordDigest(published) })
    if (batch.length >= BATCH) await flush()
  }
  await flush()
  const { settled } = await applyShippedSettlements(ctx, post?.postId)
  return { read, ...counts, settled, rejected }
}

const isBlank = (bytes: Uint8Array): boolean => bytes.every((b) => b === 0x20 || b === 0x09 || b === 0x0d)

type Incoming = { readonly published: PublishedRecord; readonly source: RecordSource; readonly digest: Buffer }

const importBatch = async (ctx: Ctx, batch: readonly Incoming[], postId: Uuid | undefined) => {
  const done = await inTx(ctx, async (ctx) => {
    await lockImports(ctx)
    const known = new Map((await findKnown(ctx, batch.map((i) => i.published.code))).map((k) => [k.code, k]))
    const plan = batch.map((incoming) => planOne(incoming, known.get(incoming.published.code)))
    const changes = plan.filter((p) => p.kind !== 'unchanged')
    if (changes.length > 0) {
      await insertProcedures(ctx, changes.filter((c) => c.kind === 'created'))
      await insertRevisions(ctx, changes.filter((c) => c.isNewRevision))
      await setCurrent(ctx, changes.filter((c) => c.kind === 'revised'))
      const toStream = (change: Change) => ({ kind: 'other' as const, stream: change.procedureId, events: [{ ...eventOf(change), ...(postId !== undefined && { postId }) }] })
      await appendMany(ctx, changes.filter((c) => c.kind === 'created').map(toStream), { fresh: true })
      await appendMany(ctx, changes.filter((c) => c.kind === 'revised').map(toStream))
      await bumpVersion(ctx)
    }
    const count = (kind: Change['kind']) => plan.filter((p) => p.kind === kind).length
    return { created: count('created'), revised: count('revised'), unchanged: count('unchanged') }
  })
  if (done.created + done.revised > 0) forgetSnapshot(ctx)
  return done
}

/** What one record does to the catalogue. */
export type Change = Incoming & {
  readonly kind: 'created' | 'revised' | 'unchanged'
  readonly procedureId: Uuid
  readonly revisionId: Uuid
  readonly n: number
  /** false when an earlier revision comes back: it is not written twice. */
  readonly isNewRevision: boolean
}

/**
 * A record has the same id in every installation that imports it: two that hold the same catalogue and history have the same log, hash by hash. Its time is the
 * beginning of the two-level administration; nothing asks an id of the catalogue for its age.
 */
const idOf = (name: string): Uuid => uuidv7(instantAt(dayNumber(plainDate('2025-07-01'))), sha256(name).subarray(0, 10))
const revisionIdOf = ({ published, digest }: Incoming, n: number): Uuid => idOf(`revision ${published.code} ${n} ${digest.toString('hex')}`)

const planOne = (incoming: Incoming, known: KnownProcedure | undefined): Change => {
  if (known === undefined) {
    return { ...incoming, kind: 'created', procedureId: idOf(`procedure ${incoming.published.code}`), revisionId: revisionIdOf(incoming, 1), n: 1, isNewRevision: true }
  }
  const same = known.revisions.find((r) => r.digest === incoming.digest.toString('hex'))
  const procedureId = known.id
  if (same === undefined) {
    const n = Math.max(...known.revisions.map((r) => r.n)) + 1
    return { ...incoming, kind: 'revised', procedureId, revisionId: revisionIdOf(incoming, n), n, isNewRevision: true }
  }
  const kind = same.id === known.currentRevisionId ? 'unchanged' : 'revised'
  return { ...incoming, kind, procedureId, revisionId: same.id, n: same.n, isNewRevision: false }
}

const eventOf = (change: Change) => ({
  type: change.kind === 'created' ? 'procedure.imported' : 'procedure.revised',
  data: {
    code: change.published.code,
    revisionId: change.revisionId,
    n: change.n,
    digest: change.digest.toString('hex'),
    decisionNo: change.published.decision_no,
  },
})
