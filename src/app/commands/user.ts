/** Accounts from the command line: the way in for the first administrator, and back in for one who is locked out. */
import { parseArgs } from 'node:util'
import { NotFound } from '#kernel/errors.ts'
import { type Account, type AccountRefusal, CreateAccount, createAccount, disableAccount, enableAccount, getAccount, inventPassword, listAccounts, postInWords, resetPassword, resetSecondFactor } from '#modules/access'
import { RegisterPerson, listPostsOf, registerPerson } from '#modules/organisation'
import type { Ctx } from '#platform/ctx.ts'
import { newId } from '#platform/ids.ts'
import { type CityGiven, chooseSeat, giveAdministration } from '../found-city.ts'
import { openInstallation } from '../open.ts'

export const help = `motcua user <action> [options]

  list [TEXT]                     accounts whose username or name holds TEXT (with or without accents)
  add USERNAME --name NAME [--number 12-DIGITS] [--phone PHONE]
               [--administrator [--city NAME --city-code CODE]]
                                  registers the person (or finds it by its number) and opens an account;
                                  --administrator also gives the post that manages everything else
    --city NAME --city-code CODE  with --administrator, once, at the beginning of a production
                                  installation: founds the city, for example
                                  --city "thành phố Huế" --city-code H57
  reset-password USERNAME         sets a new password, ends all sessions, lifts a lockout
  reset-code USERNAME             takes the second factor away (phone lost), ends all sessions
  disable USERNAME | enable USERNAME
  posts USERNAME                  posts held, past and future ones too

  --password-stdin                add, reset-password: take the password from standard input;
                                  without it one is made up, printed once, and must be changed at sign-in
  --json                          one line of JSON

Works whether or not the program is running. Exit code: 0 done, 1 refused or not found, 2 used wrongly.`

const OPTIONS = {
  name: { type: 'string' },
  number: { type: 'string' },
  phone: { type: 'string' },
  administrator: { type: 'boolean' },
  city: { type: 'string' },
  'city-code': { type: 'string' },
  'password-stdin': { type: 'boolean' },
  json: { type: 'boolean' },
} as const

type Values = CityGiven & { name?: string; number?: string; phone?: string; administrator?: boolean; 'password-stdin'?: boolean; json?: boolean }
/** What to print, or why not. `misused`: the command line is wrong, exit code 2. */
type Outcome = { readonly ok: boolean; readonly misused?: boolean; readonly text: string; readonly json: unknown }

const REFUSALS: Readonly<Record<AccountRefusal['code'], string>> = {
  'weak-password': 'The password is too weak: at least 10 characters, not the username, not the same few characters.',
  'username-taken': 'That username is taken.',
  'already-disabled': 'The account is disabled already.',
  'already-enabled': 'The account is not disabled.',
}
const refused = (refusal: AccountRefusal): Outcome => ({ ok: false, text: REFUSALS[refusal.code], json: { error: refusal.code } })

const misused = (sentence: string, code = 'misused'): Outcome => ({ ok: false, misused: true, text: `user: ${sentence}`, json: { error: code } })

const ACTIONS: Readonly<Record<string, (ctx: Ctx, word: string, values: Values, demo: boolean) => Promise<Outcome>>> = {
  list: async (ctx, q) => {
    const accounts = await listAccounts(ctx, { q, limit: 500 })
    return { ok: true, text: accounts.map(accountLine).join('\n') || 'No such account.', json: accounts }
  },
  add: (ctx, username, values, demo) => addAccount(ctx, username, values, demo),
  'reset-password': async (ctx, username, values) => {
    const { userId } = await getAccount(ctx, { username })
    const { password, shown } = await choosePassword(values)
    const result = await resetPassword(ctx, { userId, password, mustChangePassword: shown })
    return result.ok ? withPassword(`Password of ${username} set; its sessions are ended.`, { username }, password, shown) : refused(result.error)
  },
  'reset-code': async (ctx, username) => {
    const { removed } = await resetSecondFactor(ctx, (await getAccount(ctx, { username })).userId)
    return { ok: true, text: removed ? `${username} signs in by password again and sets up a new second factor.` : `${username} has no second factor.`, json: { username, removed } }
  },
  disable: async (ctx, username) => {
    const result = await disableAccount(ctx, (await getAccount(ctx, { username })).userId)
    return result.ok ? { ok: true, text: `${username} is disabled; its sessions are ended.`, json: { username } } : refused(result.error)
  },
  enable: async (ctx, username) => {
    const result = await enableAccount(ctx, (await getAccount(ctx, { username })).userId)
    return result.ok ? { ok: true, text: `${username} may sign in again.`, json: { username } } : refused(result.error)
  },
  posts: async (ctx, username) => {
    const posts = await listPostsOf(ctx, (await getAccount(ctx, { username })).personId, 'ever')
    const text = posts.map((p) => `${p.validFrom} – ${p.validTo ?? '        '}  ${p.role.padEnd(16)}${postInWords(p, true)}`).join('\n')
    return { ok: true, text: text || 'No posts: a citizen.', json: posts }
  },
}

const accountLine = (a: Account): string =>
  `${a.username.padEnd(28)}${a.disabledAt === null ? '' : '(disabled) '}${a.name ?? ''}${a.posts.map((p) => ` · ${postInWords(p)}`).join('')}`

const withPassword = (text: string, json: Record<string, unknown>, password: string, shown: boolean): Outcome =>
  shown ? { ok: true, text: `${text}\nPassword, to be changed at the next sign-in: ${password}`, json: { ...json, password } } : { ok: true, text, json }

const choosePassword = async (values: Values): Promise<{ password: string; shown: boolean }> => {
  if (values['password-stdin'] !== true) return { password: inventPassword(), shown: true }
  const chunks: Buffer[] = []
  for await (const chunk of process.stdin) chunks.push(Buffer.from(chunk))
  return { password: Buffer.concat(chunks).toString('utf8').replace(/\r?\n$/, ''), shown: false }
}

/** `user add`. @param demo a demo's city comes from its seed, so none is asked for */
export const addAccount = async (ctx: Ctx, username: string, values: Values, demo: boolean): Promise<Outcome> => {
  const administers = values.administrator === true
  if (!administers && (values.city !== undefined || values['city-code'] !== undefined)) return misused('--city and --city-code need --administrator.')
  const seat = administers ? await chooseSeat(ctx, values, demo) : undefined
  if (seat?.ok === false) return { ...misused(seat.error.sentence, seat.error.code), misused: seat.error.code !== 'other-city' }
  const person = RegisterPerson.safeParse({ submissionKey: newId(ctx.now), kind: 'individual', name: values.name ?? '', personalNumber: values.number ?? null, phone: values.phone ?? null })
  if (!person.success) return { ok: false, text: person.error.issues.map((i) => `--${i.path.join('.')}: ${i.message}`).join('\n'), json: { error: 'malformed' } }
  const { password, shown } = await choosePassword(values)
  if ((await listAccounts(ctx, { username: username.toLowerCase() })).length > 0) return refused({ code: 'username-taken' })
  const { personId } = await registerPerson(ctx, person.data)
  const account = CreateAccount.safeParse({ submissionKey: newId(ctx.now), personId, username, password, mustChangePassword: shown })
  if (!account.success) return { ok: false, text: account.error.issues.map((i) => i.message).join('\n'), json: { error: 'malformed' } }
  const result = await createAccount(ctx, account.data)
  if (!result.ok) return refused(result.error)
  if (seat !== undefined) await giveAdministration(ctx, personId, seat.value)
  return withPassword(`Account ${account.data.username} opened.`, { username: account.data.username, userId: result.value.userId, personId }, password, shown)
}

export const run = async (args: string[]): Promise<number> => {
  const { values, positionals } = parseArgs({ args, allowPositionals: true, options: OPTIONS })
  const [action = '', word = '', ...rest] = positionals
  const act = ACTIONS[action]
  if (act === undefined || rest.length > 0 || (word === '' && action !== 'list')) {
    console.error(`user: ${act === undefined ? `no action "${action}"` : 'name exactly one account'}. See --help.`)
    return 2
  }
  const installation = await openInstallation({ job: 'user' })
  try {
    const outcome = await act(installation.ctx(), word, values, installation.mode === 'demo').catch((error: unknown): Outcome => {
      if (error instanceof NotFound) return { ok: false, text: `There is no account ${word}.`, json: { error: 'not-found' } }
      throw error
    })
    if (values.json === true) console.log(JSON.stringify(outcome.json))
    else (outcome.ok ? console.log : console.error)(outcome.text)
    return outcome.ok ? 0 : outcome.misused === true ? 2 : 1
  } finally {
    await installation.close()
  }
}
