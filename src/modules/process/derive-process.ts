/** PURE. The default split of a time limit over the steps (processes.md §4), and the checks that every process must pass. */
import { canonical, sha256Hex } from '#kernel/digest.ts'
import { checkProcess } from './check-process.ts'
import { DEFAULT_DEFINITION, type ProcessDefinition, type ProcessLevel, type StepKey, type StepRule, type StepUnit } from './definition.ts'

type ProcessLimit = { readonly amount: number; readonly unit: 'working-day' | 'day' | 'month' | 'hour' }

export type ProcessStep = {
  readonly key: StepKey
  /** Working minutes; 480 = one day. 0 and `untimed` for the return of the result. */
  readonly minutes: number
  readonly untimed: boolean
  readonly unit: StepUnit
  /** What a post in that unit must carry to act here. */
  readonly permission: StepRule['permission']
  readonly label: string
  /** Who does it, in words of the level. */
  readonly post: string
  readonly product: string
}

export type Process = {
  readonly id: string
  readonly version: string
  /** SHA-256 of everything else: the dossier keeps the process that it started with. */
  readonly digest: string
  readonly level: ProcessLevel
  readonly inDay: boolean
  /** Working minutes of the whole; for an in-day procedure the target, not the ceiling. */
  readonly totalMinutes: number
  readonly steps: readonly ProcessStep[]
}

export type DeriveInput = {
  readonly limit: ProcessLimit
  /** Resolved on the day of reception. A limit of 0 working days is in-day by itself. */
  readonly inDay?: boolean
  readonly level: ProcessLevel
}

/** @throws RangeError for a limit that is not positive (0 working days apart): the deadline clock has refused it before; or for a definition that gives an invalid process. */
export const deriveProcess = (input: DeriveInput, definition: ProcessDefinition = DEFAULT_DEFINITION): Process => {
  if (definition !== DEFAULT_DEFINITION) return derive(input, definition)
  const key = `${input.limit.amount} ${input.limit.unit} ${input.inDay === true} ${input.level}`
  const known = derived.get(key) ?? derive(input, definition)
  derived.set(key, known)
  return known
}

/** There are as many as there are limits in the catalogue: some dozens. */
const derived = new Map<string, Process>()

const derive = (input: DeriveInput, definition: ProcessDefinition): Process => {
  const inDay = input.inDay === true || (input.limit.unit === 'working-day' && input.limit.amount === 0)
  const total = inDay ? sum(definition.inDay) : workingMinutes(input.limit, definition.minutesPerDay)
  if (total <= 0) throw new RangeError(`no working time in ${input.limit.amount} ${input.limit.unit}`)
  const times = inDay ? definition.inDay : split(total, definition, definition.levels[input.level].merged)
  const posts = definition.levels[input.level].posts
  const steps = times.map(({ key, minutes }): ProcessStep => {
    const rule = ruleOf(definition, key)
    return { key, minutes, untimed: rule.untimed === true, unit: rule.unit, permission: rule.permission, label: rule.label, post: posts[key] ?? '', product: rule.product }
  })
  const content = { id: definition.id, version: definition.version, level: input.level, inDay, totalMinutes: total, steps }
  const fault = checkProcess(content).find((f) => f.severity === 'error')
  if (fault !== undefined) throw new RangeError(`the process is not valid: ${JSON.stringify(fault)}`)
  return { ...content, digest: sha256Hex(canonical(content)) }
}

/** The working minutes that a limit contains. Calendar days: floor(days × 5/7), at least 1; a month counts as 30 of them. */
const workingMinutes = (limit: ProcessLimit, minutesPerDay = DEFAULT_DEFINITION.minutesPerDay): number => {
  switch (limit.unit) {
    case 'hour':
      return Math.round(limit.amount * 60)
    case 'working-day':
      return Math.round(limit.amount * minutesPerDay)
    case 'day':
      return Math.max(1, Math.floor((limit.amount * 5) / 7)) * minutesPerDay
    case 'month':
      return Math.max(1, Math.floor((limit.amount * 30 * 5) / 7)) * minutesPerDay
  }
}

type StepTime = { readonly key: StepKey; readonly minutes: number }

const split = (total: number, definition: ProcessDefinition, merged: boolean): readonly StepTime[] => {
  const days = total / definition.minutesPerDay
  const grain = definition.grains.filter((g) => g.fromDays <= days).at(-1)?.minutes ?? definition.grains[0]!.minutes
  const whole = shares(total, days, grain, definition.steps)
  if (!merged && remainderOf(whole, definition) >= 2 * grain) return whole
  const fewer = definition.steps.filter((s) => s.mergeInto === undefined)
  for (const g of [grain, ...definition.shortGrains]) {
    const times = shares(total, days, g, fewer)
    if (remainderOf(times, definition) >= g) return times
  }
  throw new RangeError(`${total} minutes are too short for the steps`)
}

const shares = (total: number, days: number, grain: number, rules: readonly StepRule[]): readonly StepTime[] => {
  const fixed = rules.map((rule) => ({ rule, minutes: rule.percent === undefined ? 0 : share(total, days, grain, rule, rule.percent) }))
  const rest = total - sum(fixed)
  return fixed.map(({ rule, minutes }) => ({ key: rule.key, minutes: rule.remainder === true ? rest : minutes }))
}

/** max(g, round-half-down to g), then the floor of long limits and the cap. */
const share = (total: number, days: number, grain: number, rule: StepRule, percent: number): number => {
  const rounded = Math.ceil((total * percent) / 100 / grain - 0.5) * grain
  const floor = rule.floor !== undefined && days >= rule.floor.fromDays ? rule.floor.minutes : 0
  return Math.min(Math.max(grain, rounded, floor), rule.cap ?? Infinity)
}

const remainderOf = (times: readonly StepTime[], definition: ProcessDefinition): number =>
  times.find((t) => ruleOf(definition, t.key).remainder === true)?.minutes ?? 0

const ruleOf = (definition: ProcessDefinition, key: StepKey): StepRule => {
  const rule = definition.steps.find((s) => s.key === key)
  if (rule === undefined) throw new RangeError(`no step ${key}`)
  return rule
}

const sum = (times: readonly { readonly minutes: number }[]): number => times.reduce((n, t) => n + t.minutes, 0)
