/** PURE. The process definition as data (processes.md §1–4): `data/processes/default.json`, checked when it is loaded. */
import { z } from 'zod'
import defaultJson from '../../../data/processes/default.json' with { type: 'json' }

/** The skeleton of processes.md §3. CONSULT, OFFICE, TAX and PAY join it when their flows are built. */
export const STEP_KEYS = ['RECEIVE', 'ASSIGN', 'HANDLE', 'REVIEW', 'SIGN', 'CLERK', 'RETURN'] as const
export type StepKey = (typeof STEP_KEYS)[number]

/** Where a step is done: at the desk, in the division in charge, by the agency's leadership, by its clerk. */
const STEP_UNITS = ['desk', 'division', 'leadership', 'clerk'] as const
export type StepUnit = (typeof STEP_UNITS)[number]

/** `commune-2018`: before July 2025 a commune had no divisions, so nobody assigned or reviewed (processes.md §3). */
const PROCESS_LEVELS = ['commune', 'department', 'commune-2018'] as const
export type ProcessLevel = (typeof PROCESS_LEVELS)[number]

const minutes = z.int().min(0)
const StepRule = z.strictObject({
  key: z.enum(STEP_KEYS),
  unit: z.enum(STEP_UNITS),
  permission: z.enum(['dossier.receive', 'dossier.assign', 'dossier.examine', 'dossier.review', 'dossier.approve', 'dossier.issue', 'dossier.return']),
  percent: z.int().min(1).max(100).optional(),
  cap: minutes.optional(),
  floor: z.strictObject({ fromDays: z.number(), minutes }).optional(),
  /** Takes what the others leave. */
  remainder: z.literal(true).optional(),
  /** "Không tính thời gian". */
  untimed: z.literal(true).optional(),
  /** The step that also does this one's work when time is too short to split. */
  mergeInto: z.enum(STEP_KEYS).optional(),
  label: z.string().min(1),
  labelEn: z.string().min(1),
  product: z.string().min(1),
})
export type StepRule = z.infer<typeof StepRule>

const Definition = z.strictObject({
  id: z.string(),
  version: z.string(),
  source: z.string(),
  minutesPerDay: z.int().positive(),
  grains: z.array(z.strictObject({ fromDays: z.number().min(0), minutes: z.int().positive() })).min(1),
  /** Grains for limits of a few hours, where half an hour each would leave nothing to examine in. */
  shortGrains: z.array(z.int().positive()),
  steps: z.array(StepRule).min(3),
  inDay: z.array(z.strictObject({ key: z.enum(STEP_KEYS), minutes })),
  levels: z.record(z.enum(PROCESS_LEVELS), z.strictObject({ merged: z.boolean(), posts: z.partialRecord(z.enum(STEP_KEYS), z.string()) })),
})
export type ProcessDefinition = z.infer<typeof Definition>

/** @throws ZodError for a definition that is not well formed */
const parseDefinition = (json: unknown): ProcessDefinition => Definition.parse(json)

export const DEFAULT_DEFINITION: ProcessDefinition = parseDefinition(defaultJson)

export const stepLabel = (key: StepKey, lang: 'vi' | 'en' = 'vi'): string => {
  const rule = DEFAULT_DEFINITION.steps.find((s) => s.key === key)
  return (lang === 'vi' ? rule?.label : rule?.labelEn) ?? key
}
