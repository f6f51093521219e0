/**
 * Which agency offers which procedure, and which of its units handles it. Pure over data/organisations/offering.json, which a circular or a
 * decision of the city changes: publisher, level and field → unit. The first rule that fits decides; what no rule names is not offered.
 */
import { z } from 'zod'
import rawOffering from '../../../data/organisations/offering.json' with { type: 'json' }
import type { UnitLevel } from './unit-state.ts'

const Rule = z.strictObject({
  level: z.enum(['province', 'commune']),
  /** Absent: any publisher. */
  publisher: z.string().optional(),
  /** Absent: any field. */
  fields: z.array(z.string()).min(1).optional(),
  /** Remit of the department (province); a commune's procedures stay in the commune. */
  agency: z.string().optional(),
  /** Remit of the unit inside the agency. Absent: not offered, and `reason` says why. */
  unit: z.string().optional(),
  reason: z.string().optional(),
})
export const Offering = z
  .strictObject({ validFrom: z.string(), source: z.string(), rules: z.array(Rule) })
  .refine((o) => o.rules.every((r) => (r.unit === undefined) !== (r.reason === undefined)), 'a rule names a unit or a reason, not both')
  .refine((o) => o.rules.every((r) => r.unit === undefined || (r.level === 'province') === (r.agency !== undefined)), 'province rules name the agency, commune rules do not')
export type Offering = z.infer<typeof Offering>

let offering: Offering | undefined
/** Validated on first use, not at start. */
export const getOffering = (): Offering => (offering ??= Offering.parse(rawOffering))

/** What the catalogue knows of a procedure. `levels` as published: may also hold 'ministry', 'district', 'other'. */
export type OfferedProcedure = { readonly publisher: string | null; readonly levels: readonly string[]; readonly field: string }

export type Route =
  | { readonly offered: true; readonly level: UnitLevel; readonly agency: string | undefined; readonly unit: string }
  | { readonly offered: false; readonly reason: string }

/** Who handles the procedure when it is brought to an agency of this level. */
export const routeOf = (level: UnitLevel, procedure: OfferedProcedure, data: Offering = getOffering()): Route => {
  if (!procedure.levels.includes(level)) return { offered: false, reason: 'Thủ tục không thực hiện ở cấp này' }
  const rule = data.rules.find(
    (r) =>
      r.level === level &&
      (r.publisher === undefined || r.publisher === procedure.publisher) &&
      (r.fields === undefined || r.fields.includes(procedure.field)),
  )
  if (rule === undefined) return { offered: false, reason: 'Chưa có đơn vị được phân công' }
  return rule.unit === undefined
    ? { offered: false, reason: rule.reason ?? '' }
    : { offered: true, level, agency: rule.agency, unit: rule.unit }
}

export const offersProcedure = (level: UnitLevel, procedure: OfferedProcedure): boolean => routeOf(level, procedure).offered

/** Every remit (mảng việc) by which the offering finds a unit: those of a commune's units, of departments, of their divisions. */
export const listRemits = (data: Offering = getOffering()): Readonly<Record<'commune' | 'department' | 'division', readonly string[]>> => {
  const distinct = (level: UnitLevel, pick: (rule: Offering['rules'][number]) => string | undefined) =>
    [...new Set(data.rules.filter((r) => r.level === level).flatMap((r) => pick(r) ?? []))].sort()
  return { commune: distinct('commune', (r) => r.unit), department: distinct('province', (r) => r.agency), division: distinct('province', (r) => r.unit) }
}
