/** PURE. The regime in force on a day (decision 23) and what it fixes: the dossier code (decision 24), the printed forms (domain.md §4.1), settings. */
import { z } from 'zod'
import { type PlainDate, plainDate } from '#kernel/plain-date.ts'
import nd118 from '../../../data/regimes/nd118-2025.json' with { type: 'json' }
import nd309 from '../../../data/regimes/nd309-2026.json' with { type: 'json' }
import nd61 from '../../../data/regimes/nd61-2018.json' with { type: 'json' }

/** Stable names of the official forms: a number alone means different papers in different regimes. */
const FORM_SLUGS = ['RECEIPT', 'SUPPLEMENT', 'REFUSAL', 'APOLOGY_EXTENSION', 'STOP_NOTICE', 'CONTROL_SLIP', 'REGISTER'] as const
export type FormSlug = (typeof FORM_SLUGS)[number]

/** `none`: the clock runs on. */
export const PauseEffect = z.enum(['suspend', 'restart', 'none'])
export type PauseEffect = z.infer<typeof PauseEffect>

/** What it means that a consulted unit does not answer in time. */
export const Silence = z.enum(['agreed', 'not-agreed', 'nothing'])
export type Silence = z.infer<typeof Silence>
/** A consultation that is still open when the dossier goes on to be reviewed: said to whoever forwards it, or it has to wait. */
export const Forwarding = z.enum(['warn', 'hold'])
export const ConsultationLimit = z.strictObject({ amount: z.int().min(1).max(90), unit: z.enum(['working-day', 'day', 'hour']) })
export type ConsultationLimit = z.infer<typeof ConsultationLimit>

const day = z.string().transform((text) => plainDate(text))
const clock = z.string().regex(/^\d\d:\d\d$/)
const Regime = z.strictObject({
  id: z.string(),
  title: z.string(),
  validFrom: day,
  validTo: day.nullable(),
  formsBy: z.string(),
  /** `digits` of the running number; `reset`: it begins again at 1 every day of an agency. */
  code: z.strictObject({ pattern: z.string().endsWith('{sequence}'), digits: z.int(), reset: z.literal('day') }),
  /** Which drawing of the forms: 2018 lists the papers, 2025 has a table of them and names the fees. */
  formLayout: z.enum(['2018', '2025']),
  /** `symbol`: the letters after the number, `Số: 7/TNHS`. */
  forms: z.partialRecord(z.enum(FORM_SLUGS), z.strictObject({ number: z.string(), symbol: z.string().optional(), title: z.string() })),
  desk: z.string(),
  settings: z.strictObject({
    transferCutoff: clock,
    inDayCutoff: clock,
    /** What a wait of each kind does to the clock (C9, C11), where the procedure says nothing else. */
    pauses: z.strictObject({ supplement: PauseEffect, payment: PauseEffect, halt: PauseEffect }),
    /** How often papers may be asked for in examination (domain.md §2.6); one more needs a new fact and a signer. */
    supplementsInAppraisal: z.int(),
    /** Who approves the request of an officer: the leader of the unit, or only who signs. */
    supplementApproval: z.enum(['review', 'approve']),
    /** Proposed to the officer as the time to answer, in days; no source fixes it for all procedures. */
    supplementDays: z.int().positive(),
    /** Working days before the due day on which the letter must be out (domain.md §2.6); from the morning of that day its draft waits. */
    apologyDaysBefore: z.int().min(1),
    /** How often a new date may be given. */
    reappointments: z.int(),
    /** How far it may lie behind the old one, and what the draft proposes: hundredths of the limit of the dossier. NĐ 118 does not say. */
    extensionMostPercent: z.int().min(1),
    extensionProposedPercent: z.int().min(1),
    /** Whoever files for the same procedure so many days after an attempt that came to nothing comes with the same need. No text says: how the city counts. */
    refiledWithinDays: z.int().min(1),
    /** A refusal to resolve goes out with a letter that explains it. */
    explainDeclined: z.boolean(),
    /** Where the law of a procedure says nothing else (`data/processes/consultations.json`): no source fixes any of it for all. */
    consultation: z.strictObject({
      silence: Silence,
      forwarding: Forwarding,
      /** Proposed to the officer. */
      limit: ConsultationLimit,
      /** Working days before the last one on which the consulted unit is reminded; 0: never. */
      remindDaysBefore: z.int().min(0),
    }),
    /** After how many working days beyond the due date it comes before whom. */
    escalation: z.strictObject({ officer: z.int().min(1), leader: z.int(), control: z.int(), chair: z.int() }),
  }),
})
export type Regime = z.infer<typeof Regime>

export const REGIMES: readonly Regime[] = [nd61, nd118, nd309].map((json) => Regime.parse(json))

/** The clock asks for the day of reception, the code for the day of issue, a printed form for the day of the act. @throws RangeError before 2018-06-21 */
export const regimeOn = (date: PlainDate): Regime => {
  const found = REGIMES.findLast((r) => r.validFrom <= date)
  if (found === undefined) throw new RangeError(`no regime on ${date}`)
  return found
}

/** By the name that a dossier keeps. @throws RangeError */
export const regimeById = (id: string): Regime => {
  const found = REGIMES.find((r) => r.id === id)
  if (found === undefined) throw new RangeError(`no regime ${id}`)
  return found
}

export type RegimeForm = {
  readonly slug: FormSlug
  readonly regime: string
  readonly layout: Regime['formLayout']
  readonly number: string
  readonly symbol: string | null
  readonly title: string
  /** `Thông tư 03/2025/TT-VPCP` */
  readonly issuedBy: string
}

/** Undefined where the regime has no such form (a stop notice before July 2025). */
export const formOn = (slug: FormSlug, date: PlainDate): RegimeForm | undefined => {
  const regime = regimeOn(date)
  const form = regime.forms[slug]
  return form === undefined
    ? undefined
    : { slug, regime: regime.id, layout: regime.formLayout, number: form.number, symbol: form.symbol ?? null, title: form.title, issuedBy: regime.formsBy }
}

/**
 * `H57.12` + 2026-11-22 + 7 → `H57.12-20261122-0000007`; before 2025-07-01 `H57.12-240115-0007`. A number with more digits than the pattern is written whole.
 * @param agency canonical identifier (domain.md §3.1), see `canonicalAgencyCode`
 */
export const formatDossierCode = (agency: string, date: PlainDate, sequence: number): string => {
  const { prefix, digits } = dossierCodeForm(agency, date)
  return prefix + String(sequence).padStart(digits, '0')
}

/** What stands before the running number on that day, and to how many digits it is filled up: for the statement that takes the number. */
export const dossierCodeForm = (agency: string, date: PlainDate): { readonly prefix: string; readonly digits: number } => {
  const { code } = regimeOn(date)
  const compact = date.replaceAll('-', '')
  const prefix = code.pattern.replace('{agency}', agency).replace('{YYYYMMDD}', compact).replace('{YYMMDD}', compact.slice(2)).replace('{sequence}', '')
  return { prefix, digits: code.digits }
}

/** The older form is reversed and padded (QCVN 102:2016/BTTTT): `000.00.12.H57` ≡ `H57.12`. */
export const canonicalAgencyCode = (text: string): string => {
  const parts = text.trim().toUpperCase().split('.')
  if (!/^\d/.test(parts[0] ?? '')) return parts.join('.')
  return parts
    .reverse()
    .filter((part, i) => i === 0 || !/^0+$/.test(part))
    .join('.')
}
/** What a person types in the look-up: blanks dropped, upper case, an agency of the older form turned round. */
export const canonicalDossierCode = (text: string): string => {
  const compact = text.normalize('NFC').replace(/\s+/gu, '').toUpperCase()
  const [agency, ...rest] = compact.split('-')
  return [canonicalAgencyCode(agency ?? ''), ...rest].join('-')
}
