/** Founds the demo city in a database that has none. */
import { parseArgs } from 'node:util'
import { listDemoSignIns, seedDemoCity } from '#modules/organisation'
import { openInstallation } from '../open.ts'

export const help = `motcua seed [--json]

Founds the demo city Huế: its committee, office, twelve departments, service centre and forty communes as of
2025, invented people in every post, fifty citizens. "serve" does it by itself on the first run of a demo; where
the city stands already nothing changes. Refused in production mode. Works whether or not the program is running.

  --json   one line {seeded, units, posts, people, accounts, signIns:[{username, password, who, where}]}

Exit code: 0 the city stands, 1 refused or could not, 2 used wrongly.`

export const run = async (args: string[]): Promise<number> => {
  const { values } = parseArgs({ args, options: { json: { type: 'boolean' } } })
  const installation = await openInstallation({ job: 'seed' })
  try {
    const result = await seedDemoCity(installation.ctx(), (line) => console.error(line))
    if (!result.ok) {
      console.error(
        result.error.code === 'not-in-production' ? 'This installation is in production mode: a demo city is never made here.' : `There is another city here already: ${result.error.name}.`,
      )
      return 1
    }
    const { seeded, units, posts, people, accounts } = result.value
    const signIns = listDemoSignIns()
    if (values.json === true) console.log(JSON.stringify({ ...result.value, signIns }))
    else if (seeded) console.log(`Thành phố Huế: ${units} units, ${posts} posts, ${people} people, ${accounts} accounts.\n${signInLines().join('\n')}`)
    else console.log('The city stands already; nothing was changed.')
    return 0
  } finally {
    await installation.close()
  }
}

/** What `serve` and `seed` print in a demo. */
export const signInLines = (): readonly string[] => {
  const all = listDemoSignIns()
  return [
    `Sign in at /dang-nhap with the password ${all[0]?.password ?? ''} as`,
    ...all.map(({ username, who, where }) => `  ${username.padEnd(24)}${who}${where === '' ? '' : `, ${where}`}`),
  ]
}
