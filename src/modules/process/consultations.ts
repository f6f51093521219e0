/**
 * PURE. What consulting other units of a procedure follows (domain.md §2.2, row 4→4; processes.md §3, CONSULT): the limit that is proposed, what silence means,
 * whether the dossier waits for an opinion. Settings of the regime, which the law of a procedure may overrule for a time (`data/processes/consultations.json`).
 */
import { z } from 'zod'
import { type PlainDate, plainDate } from '#kernel/plain-date.ts'
import consultationsJson from '../../../data/processes/consultations.json' with { type: 'json' }
import { ConsultationLimit, Forwarding, type Regime, Silence, regimeById } from './regime.ts'

export type ConsultationSetting = Regime['settings']['consultation']

const day = z.string().transform((text) => plainDate(text))
const Overrules = z.array(
  z.strictObject({
    procedure: z.string(),
    silence: Silence.optional(),
    forwarding: Forwarding.optional(),
    limit: ConsultationLimit.optional(),
    /** By the day of the question; `validTo`: the first day on which it holds no more. */
    validFrom: day,
    validTo: day.nullable(),
    /** The text that says so. */
    source: z.string().min(1),
    /** Of the regimes in which it holds; all where it is left out. */
    regimes: z.array(z.string()).optional(),
  }),
)
type Overrules = z.infer<typeof Overrules>

const OVERRULES: Overrules = Overrules.parse(consultationsJson)

/**
 * @param regime the id that the dossier keeps
 * @param on the day of the question
 */
export const consultationSetting = (regime: string, procedureCode: string, on: PlainDate, overrules: Overrules = OVERRULES): ConsultationSetting => {
  const { consultation } = regimeById(regime).settings
  const found = overrules.findLast((o) => o.procedure === procedureCode && o.validFrom <= on && (o.validTo === null || on < o.validTo) && (o.regimes?.includes(regime) ?? true))
  return found === undefined
    ? consultation
    : { ...consultation, silence: found.silence ?? consultation.silence, forwarding: found.forwarding ?? consultation.forwarding, limit: found.limit ?? consultation.limit }
}
