/** Erases what is kept about a person, by the separate role that may (decision 5). */
import { parseArgs } from 'node:util'
import { isUuid } from '#kernel/ids.ts'
import { dossiersOfPerson } from '#modules/dossier'
import { findPeople, getPerson } from '#modules/organisation'
import { createPool } from '#platform/db/pool.ts'
import { ERASURE_REASONS, type ErasureReason, type ErasureRefusal, type PersonErased, erasePerson } from '../erase-person.ts'
import { openInstallation } from '../open.ts'

export const help = `motcua erase --person NUMBER [--reason WORD] [--yes] [--json]

Takes the personal values of a person out of the log and of every row for good: their own record, their account
(which is closed), and their finished dossiers: name, number, phone, address, form, file names, recipient, notes;
also those that somebody else filed for their number before they were on record, the forms that a counter gave them,
their drafts and unclaimed uploads. Of a dossier that they only brought or fetched for somebody else: what is theirs,
and every value in which their number or telephone stands.
Codes, dates, steps and results' numbers stay; "motcua verify" stays green, because each erasure is an event.
Refused while a dossier of theirs is open, and for who holds a post. Without --yes it only says what there is.

  --person NUMBER   the twelve-digit number, the code of an organisation, or the id of the person
  --reason WORD     ${ERASURE_REASONS.join(', ')} (the first one)
  --yes             do it; there is no way back, except from backups, which have to be cleaned by their own rules
  --json            one line {person, values, dossiers, guidance, accounts, waiting, done} or {error}

The contents of scans and results stay in the file store, by the law on archives; their names go.
Exit code: 0 done or counted, 1 refused, 2 used wrongly.`

const OPTIONS = { person: { type: 'string' }, reason: { type: 'string' }, yes: { type: 'boolean' }, json: { type: 'boolean' } } as const

const refusalWords = (refusal: ErasureRefusal): string =>
  refusal.code === 'dossiers-open' ? `Refused: ${refusal.count} dossiers of this person are still open. Finish or end them first.` : `Refused: this person holds a post (${refusal.title}).`

const words = (found: PersonErased, done: boolean): string =>
  `${found.values} personal values ${done ? 'erased' : 'found'}: ${found.dossiers} dossiers, ${found.guidance} guidance forms, ${found.accounts} accounts; ${found.waiting} drafts and unclaimed uploads.${done ? '' : ' Nothing was changed: add --yes to erase them.'}`

export const run = async (args: string[]): Promise<number> => {
  const { values } = parseArgs({ args, options: OPTIONS })
  const reason = ERASURE_REASONS.find((word) => word === (values.reason ?? ERASURE_REASONS[0]))
  const asked = (values.person ?? '').replace(/[\s.]/g, '')
  if (reason === undefined || asked === '') {
    console.error(`erase: ${asked === '' ? 'name one person by --person' : `--reason is one of ${ERASURE_REASONS.join(', ')}`}. See --help.`)
    return 2
  }
  return erase(asked, reason, values)
}

const erase = async (asked: string, reason: ErasureReason, values: { readonly yes?: boolean | undefined; readonly json?: boolean | undefined }): Promise<number> => {
  const installation = await openInstallation({ job: 'erase' })
  const privacy = createPool(installation.ownerUrl, { role: 'privacy', max: 1, name: 'motcua erase' })
  try {
    const ctx = installation.ctx()
    const known = isUuid(asked) ? await getPerson(ctx, asked).catch(() => undefined) : (await findPeople(ctx, asked, 2)).find((one) => one.personalNumber === asked)
    // Named by who filed for them, or who took a result, and never put on record.
    const person = known ?? (isUuid(asked) ? undefined : { id: null, personalNumber: asked, name: null, phone: null })
    const say = (text: string, json: object, ok: boolean) => {
      if (values.json === true) console.log(JSON.stringify(json))
      else (ok ? console.log : console.error)(text)
      return ok ? 0 : 1
    }
    if (person === undefined || (known === undefined && (await dossiersOfPerson(ctx, person)).length === 0)) return say('There is no such person.', { error: 'not-found' }, false)
    const done = values.yes === true
    const erased = await erasePerson(ctx, privacy, { person, reason, dryRun: !done })
    if (!erased.ok) return say(refusalWords(erased.error), { error: erased.error.code }, false)
    const { personId, ...counts } = erased.value
    return say(words(erased.value, done), { person: personId, ...counts, done }, true)
  } finally {
    await privacy.end()
    await installation.close()
  }
}
