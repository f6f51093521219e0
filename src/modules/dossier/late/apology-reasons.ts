/** Why a promise is not kept: the list that letters choose from (`data/letters/`), kept in the log by its code. */
import { z } from 'zod'
import data from '../../../../data/letters/apology-reasons.json' with { type: 'json' }
import type { ApologyKind } from '../lifecycle/extension.ts'

const KINDS = ['extension', 'apology', 'explanation'] as const satisfies readonly ApologyKind[]
const Reason = z.strictObject({ code: z.string().regex(/^[a-z-]+$/), for: z.array(z.enum(KINDS)).min(1), vi: z.string(), en: z.string() })
const Reasons = z.strictObject({ drafted: z.record(z.enum(KINDS), z.string()), reasons: z.array(Reason).min(1) })
export type ApologyReason = z.infer<typeof Reason>

const { drafted, reasons } = Reasons.parse(data)

export const reasonsFor = (kind: ApologyKind): readonly ApologyReason[] => reasons.filter((reason) => reason.for.includes(kind))
/** What a draft says until somebody knows better. */
export const draftedReason = (kind: ApologyKind): string => drafted[kind]
/** A code that was taken out of the list since still reads as itself. */
export const reasonInWords = (code: string, lang: 'vi' | 'en' = 'vi'): string => reasons.find((reason) => reason.code === code)?.[lang] ?? code
/** It says nothing by itself: the letter must. */
export const needsExplanation = (code: string): boolean => code === 'other'
