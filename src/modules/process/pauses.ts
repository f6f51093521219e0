/** PURE. What a wait does to the clock (domain.md §2.5): a setting of the regime, which the law of a procedure may overrule (`data/processes/pauses.json`). */
import { z } from 'zod'
import pausesJson from '../../../data/processes/pauses.json' with { type: 'json' }
import { PauseEffect, regimeById } from './regime.ts'

const PAUSE_KINDS = ['supplement', 'payment', 'halt'] as const
export type PauseKind = (typeof PAUSE_KINDS)[number]

const Overrules = z.array(
  z.strictObject({
    procedure: z.string(),
    kind: z.enum(PAUSE_KINDS),
    effect: PauseEffect,
    /** The article that says so. */
    source: z.string().min(1),
    /** Of the regimes in which it holds; all where it is left out. */
    regimes: z.array(z.string()).optional(),
  }),
)
type Overrules = z.infer<typeof Overrules>

const OVERRULES: Overrules = Overrules.parse(pausesJson)

/** @param regime the id that the dossier keeps */
export const pauseEffect = (regime: string, procedureCode: string, kind: PauseKind, overrules: Overrules = OVERRULES): PauseEffect =>
  overrules.find((o) => o.procedure === procedureCode && o.kind === kind && (o.regimes?.includes(regime) ?? true))?.effect ?? regimeById(regime).settings.pauses[kind]
