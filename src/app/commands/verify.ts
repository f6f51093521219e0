/** Computes everything in the log again and names the first bad event. */
import { parseArgs } from 'node:util'
import { formatInstant, instant } from '#kernel/plain-date.ts'
import { type ContentCheck, verifyContents } from '#modules/documents'
import type { Fault } from '#platform/log/fault.ts'
import { type Verified, verifyLog } from '#platform/log/verify.ts'
import { INTEGRITY_CHECKS } from '../integrity-checks.ts'
import { openInstallation } from '../open.ts'

export const help = `motcua verify [--json]

Reads the whole log and computes it again: every event's hash, every chain, every head, every personal value
against its digest, every seal against the events, the database and the files in SEALS_DIR. First it says
whether the role it runs as could change the log. Then it reads every kept file and compares it with its digest.
Changes nothing; works beside a running program.

  --skip-files   leave the files alone: with terabytes of them they take hours
  --json   one line {ok, events, streams, root, sealedUntil, unsealed, firstBad}
           root         Merkle root over the last event of every stream, as it is now
           sealedUntil  moment of the newest seal (ISO 8601), or null
           unsealed     events newer than that seal: whole, but no seal vouches for them yet
           firstBad     null, or {what, stream?, seq?, seal?, detail?}, what being one of
                        event-changed event-missing event-inserted event-rewritten chain-broken order-broken
                        stream-missing head-missing head-differs private-changed private-missing
                        private-inserted seal-changed seal-missing seal-file-missing seal-file-differs
                        seal-not-met year-missing id-unknown file-missing file-damaged

Exit code: 0 nothing bad was found, 1 something was, or the database could not be read, 2 used wrongly.`

export const run = async (args: string[]): Promise<number> => {
  const { values } = parseArgs({ args, options: { json: { type: 'boolean' }, 'skip-files': { type: 'boolean' } } })
  const installation = await openInstallation({ job: 'verify' })
  try {
    const onProgress = (events: number) => console.error(`${events} events verified…`)
    const log = await verifyLog(installation.db, { sealsDir: installation.sealsDir, integrityChecks: INTEGRITY_CHECKS, onProgress })
    const files = values['skip-files'] === true ? { checked: 0, bad: [] } : await verifyContents(installation.db, (checked) => checked >= 500 && console.error(`${checked} files verified…`))
    const found = withFiles(log, files)
    const { ok, events, streams, root, sealedUntil, unsealed, firstBad } = found
    console.log(values.json === true ? JSON.stringify({ ok, events, streams, root, sealedUntil, unsealed, firstBad }) : report(found, files.checked))
    return ok ? 0 : 1
  } finally {
    await installation.close()
  }
}

const withFiles = (log: Verified, files: ContentCheck): Verified => {
  const faults = files.bad.map(({ digest, condition }): Fault => ({ what: condition === 'missing' ? 'file-missing' : 'file-damaged', detail: digest }))
  if (faults.length === 0) return log
  return { ...log, ok: false, firstBad: log.firstBad ?? faults[0] ?? null, faults: [...log.faults, ...faults.slice(0, 100)], faultCount: log.faultCount + faults.length }
}

const report = (found: Verified, files: number): string => {
  const { rights, sealedUntil } = found
  const could = rights.couldChange
  return [
    could.length === 0
      ? `Running as ${rights.role}, which cannot change the log${rights.session === rights.role ? '' : ` (signed in as ${rights.session}, which owns it)`}.`
      : `Running as ${rights.role}, which COULD CHANGE THE LOG: ${could.slice(0, 3).join(', ')}${could.length > 3 ? ` and ${could.length - 3} more` : ''}.`,
    `${found.events} events in ${found.streams} streams, ${found.seals} seals, ${files} files read.`,
    `root ${found.root}`,
    sealedUntil === null ? 'Not sealed yet: run "motcua seal".' : `Sealed until ${formatInstant(instant(Date.parse(sealedUntil)))}; ${found.unsealed} events since then are unsealed.`,
    ...found.faults.map((fault) => `BAD: ${describe(fault)}`),
    ...(found.faultCount > found.faults.length ? [`… and ${found.faultCount - found.faults.length} more.`] : []),
    found.ok ? 'Nothing bad was found.' : `${found.faultCount} faults. The first is where to begin.`,
  ].join('\n')
}

const describe = ({ what, stream, seq, seal, detail }: Fault): string =>
  [
    what,
    ...(stream === undefined ? [] : [`stream ${stream}`]),
    ...(seq === undefined ? [] : [`seq ${seq}`]),
    ...(seal === undefined ? [] : [`seal ${seal}`]),
    ...(detail === undefined ? [] : [`(${detail})`]),
  ].join(' ')
