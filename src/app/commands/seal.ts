/** Seals the log: Merkle root over the last event of every stream, chained to the seal before, in the database and in a file outside it. */
import { parseArgs } from 'node:util'
import { type Seal, sealLog } from '#platform/log/seal.ts'
import { openInstallation } from '../open.ts'

export const help = `motcua seal [--json]

Seals the log, as happens by itself every night: from then on "motcua verify" notices when anything sealed is
changed, even with all hashes computed anew. The seal stands in the database and in SEALS_DIR (default
DATA_DIR/seals); copy that folder to another machine, or print the root. Works whether or not the program is
running; waits up to six seconds for what is just being written.

  --json   one line: the seal {n, at, epoch, xid, streams, events, root, changed, changes, prev, hash}

Exit code: 0 sealed, 1 could not, 2 used wrongly.`

export const run = async (args: string[]): Promise<number> => {
  const { values } = parseArgs({ args, options: { json: { type: 'boolean' } } })
  const installation = await openInstallation({ job: 'seal' })
  try {
    const seal = await sealLog(installation.ctx(), { sealsDir: installation.sealsDir })
    console.log(values.json === true ? JSON.stringify(seal) : summary(seal, installation.sealsDir))
    return 0
  } finally {
    await installation.close()
  }
}

const summary = (seal: Seal, sealsDir: string): string =>
  [`Seal ${seal.n}: ${seal.events} events of ${seal.streams} streams, ${seal.changed} of them moved since the seal before.`, `root ${seal.root}`, `kept in ${sealsDir}`].join('\n')
