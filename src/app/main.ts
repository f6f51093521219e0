/** Every command of the program enters here (`scripts/start.js` has seen to the Node version). */
import { sentenceFor } from '#platform/config/cannot-start.ts'
import { COMMANDS, overview } from './command.ts'

const main = async (args: string[]): Promise<number> => {
  const [name, ...rest] = args
  if (name === undefined || name === '--help' || name === '-h' || name === 'help') {
    console.log(overview())
    return name === undefined ? 2 : 0
  }
  const entry = Object.hasOwn(COMMANDS, name) ? COMMANDS[name] : undefined
  if (entry === undefined) {
    console.error(`There is no command "${name}". "motcua --help" lists them.`)
    return 2
  }
  const command = await entry.load()
  if (rest.includes('--help') || rest.includes('-h')) {
    console.log(command.help)
    return 0
  }
  return command.run(rest)
}

const end = (code: number): void => {
  process.exitCode = code
  // What keeps the loop alive after a command has returned is a leak, not work.
  setTimeout(() => process.exit(code), 2_000).unref()
}

main(process.argv.slice(2)).then(end, (error: unknown) => {
  // `parseArgs` of every command: an option that there is not, or a value that is missing.
  const wrongUse = error instanceof TypeError && 'code' in error && String(error.code).startsWith('ERR_PARSE_ARGS') ? `${error.message}. See --help.` : undefined
  console.error(wrongUse ?? sentenceFor(error) ?? error)
  end(wrongUse === undefined ? 1 : 2)
})
