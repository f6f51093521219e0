/** Accounts from the command line: the way in for the first administrator, and back in for one who is locked out. */
import { parseArgs } from 'node:util'
import { NotFound } from '#kernel/errors.ts'
import { type Account, type AccountRefusal, CreateAccount, createAccount, disableAccount, enableAccount, getAccount, inventPassword, listAccounts, postInWords, resetPassword } from '#modules/access'
import { RegisterPerson, createPost, fillPost, findUnitByCode, foundUnit, listPostsOf, registerPerson } from '#modules/organisation'
import { dateOf } from '#kernel/plain-date.ts'
import type { Ctx } from '#platform/ctx.ts'
import { newId } from '#platform/ids.ts'
import { openInstallation } from '../open.ts'

export const help = `motcua user <action> [options]

  list [TEXT]                     accounts whose username or name holds TEXT (with or without accents)
  add USERNAME --name NAME [--number 12-DIGITS] [--phone PHONE] [--administrator]
                                  registers the person (or finds it by its number) and opens an account;
                                  --administrator also gives the post that manages everything else
  reset-password USERNAME         sets a new password, ends all sessions, lifts a lockout
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
  'password-stdin': { type: 'boolean' },
  json: { type: 'boolean' },
} as const

type Values = { name?: string; number?: string; phone?: string; administrator?: boolean; 'password-stdin'?: boolean; json?: boolean }
/** What to print, or why not. */
type Outcome = { readonly ok: boolean; readonly text: string; readonly json: unknown }

const REFUSALS: Readonly<Record<AccountRefusal['code'], string>> = {
  'weak-password': 'The password is too weak: at least 10 characters, not the username, not the same few characters.',
  'username-taken': 'That username is taken.',
  'already-disabled': 'The account is disabled already.',
  'already-enabled': 'The account is not disabled.',
}
const refused = (refusal: AccountRefusal): Outcome => ({ ok: false, text: REFUSALS[refusal.code], json: { error: refusal.code } })

const ACTIONS: Readonly<Record<string, (ctx: Ctx, word: string, values: Values) => Promise<Outcome>>> = {
  list: async (ctx, q) => {
    const accounts = await listAccounts(ctx, { q, limit: 500 })
    return { ok: true, text: accounts.map(accountLine).join('\n') || 'No such account.', json: accounts }
  },
  add: (ctx, username, values) => add(ctx, username, values),
  'reset-password': async (ctx, username, values) => {
    const { userId } = await getAccount(ctx, { username })
    const { password, shown } = await choosePassword(values)
    const result = await resetPassword(ctx, { userId, password, mustChangePassword: shown })
    return result.ok ? withPassword(`Password of ${username} set; its sessions are ended.`, { username }, password, shown) : refused(result.error)
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

const add = async (ctx: Ctx, username: string, values: Values): Promise<Outcome> => {
  const person = RegisterPerson.safeParse({ submissionKey: newId(ctx.now), kind: 'individual', name: values.name ?? '', personalNumber: values.number ?? null, phone: values.phone ?? null })
  if (!person.success) return { ok: false, text: person.error.issues.map((i) => `--${i.path.join('.')}: ${i.message}`).join('\n'), json: { error: 'malformed' } }
  const { password, shown } = await choosePassword(values)
  if ((await listAccounts(ctx, { username: username.toLowerCase() })).length > 0) return refused({ code: 'username-taken' })
  const { personId } = await registerPerson(ctx, person.data)
  const account = CreateAccount.safeParse({ submissionKey: newId(ctx.now), personId, username, password, mustChangePassword: shown })
  if (!account.success) return { ok: false, text: account.error.issues.map((i) => i.message).join('\n'), json: { error: 'malformed' } }
  const result = await createAccount(ctx, account.data)
  if (!result.ok) return refused(result.error)
  if (values.administrator === true) await giveAdministration(ctx, personId)
  return withPassword(`Account ${account.data.username} opened.`, { username: account.data.username, userId: result.value.userId, personId }, password, shown)
}

/** In an empty installation there is no unit yet to hold the post: one is founded, to be renamed later. */
const giveAdministration = async (ctx: Ctx, personId: Account['personId']): Promise<void> => {
  const today = dateOf(ctx.now)
  const known = await findUnitByCode(ctx, ADMINISTRATION)
  const founded = known === undefined
    ? await foundUnit(ctx, { submissionKey: newId(ctx.now), code: ADMINISTRATION, name: 'Quản trị hệ thống', shortName: 'Quản trị', kind: 'division', parentId: null, remit: null, areaCode: null, validFrom: today })
    : { ok: true as const, value: { unitId: known.id } }
  if (!founded.ok) throw new Error(founded.error.code)
  const post = await createPost(ctx, { submissionKey: newId(ctx.now), unitId: founded.value.unitId, role: 'administrator', title: 'Quản trị hệ thống', validFrom: today })
  if (!post.ok) throw new Error(post.error.code)
  await fillPost(ctx, { submissionKey: newId(ctx.now), postId: post.value.postId, personId, from: today, to: null })
}
const ADMINISTRATION = 'A00'

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
    const outcome = await act(installation.ctx(), word, values).catch((error: unknown): Outcome => {
      if (error instanceof NotFound) return { ok: false, text: `There is no account ${word}.`, json: { error: 'not-found' } }
      throw error
    })
    if (values.json === true) console.log(JSON.stringify(outcome.json))
    else (outcome.ok ? console.log : console.error)(outcome.text)
    return outcome.ok ? 0 : 1
  } finally {
    await installation.close()
  }
}
