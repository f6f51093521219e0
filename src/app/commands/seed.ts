/** Founds the demo city in a database that has none, and gives it a history. */
import { parseArgs } from 'node:util'
import { type PlainDate, dateOf, isPlainDate } from '#kernel/plain-date.ts'
import { type HistoryRefusal, type HistoryWish, firstDayOf } from '#modules/dossier'
import { listDemoSignIns, seedDemoCity } from '#modules/organisation'
import { firstRun } from '../first-run.ts'
import { makeHistory } from '../make-history.ts'
import { type Installation, openInstallation } from '../open.ts'

export const help = `motcua seed [--dossiers N [--open M] [--seed K] [--as-of DAY]] [--json]

Founds the demo city Huế: its committee, office, twelve departments, service centre and forty communes as of
2025, invented people in every post, fifty citizens. "serve" does it by itself on the first run of a demo; where
the city stands already nothing changes. Refused in production mode. Works whether or not the program is running.

With --dossiers it invents a history: N dossiers by the program's own rules, events and rows, from 1 July 2025 (or
the last twelve months) until the day begins that --as-of names; that day itself is left for work. Real procedures
as often as they are asked for, counter and online, requests to complete, refusals, delays, about 8 % late; results
numbered. No dossier has files. Refused where there are dossiers already: a history is for a demo without any
("serve" gives a new demo 3,000 by itself; use another DATA_DIR, and seed it before the first "serve").
On a new database the same N, M, K and DAY give the same log, root and all ("motcua verify").

  --dossiers N   how many
  --open M       how many of them somebody still has at the end; default a tenth, at most 40,000
  --seed K       chance, a whole number; default 1
  --as-of DAY    YYYY-MM-DD; default today
  --json         one line: {seeded, units, posts, people, accounts, signIns:[{username, password, who, where}]}, or
                 with --dossiers {dossiers, events, seconds, perSecond, bytesPerDossier}; "events" of the history

Exit code: 0 done, 1 refused or could not, 2 used wrongly.`

const OPTIONS = { dossiers: { type: 'string' }, open: { type: 'string' }, seed: { type: 'string' }, 'as-of': { type: 'string' }, json: { type: 'boolean' } } as const
type Values = { readonly dossiers?: string; readonly open?: string; readonly seed?: string; readonly 'as-of'?: string; readonly json?: boolean }

export const run = async (args: string[]): Promise<number> => {
  const { values } = parseArgs({ args, options: OPTIONS })
  const installation = await openInstallation({ job: 'seed' })
  try {
    if (installation.mode !== 'demo') {
      console.error('This installation is in production mode: a demo city is never made here.')
      return 1
    }
    return await (values.dossiers === undefined ? found(installation, values) : history(installation, values, values.dossiers))
  } finally {
    await installation.close()
  }
}

const found = async (installation: Installation, values: Values): Promise<number> => {
  if (values.open !== undefined || values.seed !== undefined || values['as-of'] !== undefined) return wrong('--open, --seed and --as-of go with --dossiers.')
  const result = await seedDemoCity(installation.ctx(), (line) => console.error(line))
  if (!result.ok) {
    console.error(result.error.code === 'other-city' ? `There is another city here already: ${result.error.name}.` : 'A demo city is never made here.')
    return 1
  }
  const { seeded, units, posts, people, accounts } = result.value
  const signIns = listDemoSignIns()
  if (values.json === true) console.log(JSON.stringify({ ...result.value, signIns }))
  else if (seeded) console.log(`Thành phố Huế: ${units} units, ${posts} posts, ${people} people, ${accounts} accounts.\n${signInLines().join('\n')}`)
  else console.log('The city stands already; nothing was changed.')
  return 0
}

const wrong = (sentence: string): number => {
  console.error(`${sentence} See --help.`)
  return 2
}

const history = async (installation: Installation, values: Values, dossiers: string): Promise<number> => {
  const wish = wishOf(values, dossiers, dateOf(installation.ctx().now))
  if (typeof wish === 'string') return wrong(wish)
  const say = (line: string): void => console.error(line)
  await firstRun(installation, say, ['history'])
  say(`Inventing ${wish.dossiers} dossiers from ${firstDayOf(wish.asOf)} to the eve of ${wish.asOf}…`)
  const made = await makeHistory(installation, wish, say)
  if (!made.ok) {
    console.error(sentenceOf(made.error))
    return 1
  }
  const { seconds, perSecond, events, bytesPerDossier } = made.value
  console.log(
    values.json === true
      ? JSON.stringify(made.value)
      : `${wish.dossiers} dossiers with ${events} events in ${seconds} s: ${perSecond} a second, ${bytesPerDossier} bytes each.`,
  )
  return 0
}

const sentenceOf = (refusal: HistoryRefusal): string => {
  switch (refusal.code) {
    case 'dossiers-already':
      return `There are ${refusal.dossiers} dossiers here already: a history is made only for a demo without any. Use another DATA_DIR, and seed it before the first "serve".`
    case 'no-city':
      return 'There is no demo city here.'
    case 'not-in-production':
      return 'This installation is in production mode: a history is never invented here.'
  }
}

const MOST = 4_000_000

/** A sentence where it cannot be. */
const wishOf = (values: Values, given: string, today: PlainDate): HistoryWish | string => {
  const [dossiers, seed] = [whole(given), whole(values.seed ?? '1')]
  if (dossiers === undefined || dossiers < 1 || dossiers > MOST) return `--dossiers: a whole number from 1 to ${MOST}.`
  if (seed === undefined) return '--seed: a whole number.'
  const open = values.open === undefined ? Math.min(Math.round(dossiers / 10), 40_000) : whole(values.open)
  if (open === undefined || open > dossiers) return '--open: a whole number, not more than --dossiers.'
  const asOf = values['as-of'] ?? today
  if (!isPlainDate(asOf) || asOf > today) return '--as-of: a day as YYYY-MM-DD, not in the future.'
  try {
    firstDayOf(asOf)
  } catch {
    return '--as-of: the city was founded on 2025-07-01; a history needs a week at least.'
  }
  return { dossiers, open, seed, asOf }
}

const whole = (text: string): number | undefined => (/^\d{1,9}$/.test(text) ? Number(text) : undefined)

/** What `serve` and `seed` print in a demo. */
export const signInLines = (): readonly string[] => {
  const all = listDemoSignIns()
  return [
    `Sign in at /dang-nhap with the password ${all[0]?.password ?? ''} as`,
    ...all.map(({ username, who, where }) => `  ${username.padEnd(24)}${who}${where === '' ? '' : `, ${where}`}`),
  ]
}
