/** What the day asks for open dossiers: drafts of letters before they are due, marks of what is late, who has to be told. */
import { parseArgs } from 'node:util'
import { runLateness } from '#modules/dossier'
import { openInstallation } from '../open.ts'

export const help = `motcua lateness [--json]

Drafts the letter of apology of every dossier that is due on the next working day, marks those that are past their
date, and brings them before the officer, the leader, the control office and the chair as the settings of the regime
say. Reminds consulted units of their last day, and closes questions that nobody answered in time. Happens by itself every hour; what was done is not done again. Works whether or not the program is running.

  --json   one line: {found, drafted, markedLate, escalated, reminded, lapsed, left, seconds}

Exit code: 0 done, 1 could not, 2 used wrongly.`

export const run = async (args: string[]): Promise<number> => {
  const { values } = parseArgs({ args, options: { json: { type: 'boolean' } } })
  const installation = await openInstallation({ job: 'lateness' })
  try {
    const began = performance.now()
    const done = await runLateness(installation.ctx())
    const seconds = Math.round((performance.now() - began) / 10) / 100
    console.log(
      values.json === true
        ? JSON.stringify({ ...done, seconds })
        : `${done.found} dossiers looked at in ${seconds} s: ${done.drafted} letters drafted, ${done.markedLate} marked late, ${done.escalated} escalations, ${done.reminded} units reminded, ${done.lapsed} questions closed by silence, ${done.left} left to the next run.`,
    )
    return 0
  } finally {
    await installation.close()
  }
}
