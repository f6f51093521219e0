/** PURE. Why a field or a paper is asked for again, and why a dossier is stopped: data, so that a decision of the city can add to them. */
import { z } from 'zod'
import stopJson from '../../../../data/reasons/stop.json' with { type: 'json' }
import supplementJson from '../../../../data/reasons/supplement.json' with { type: 'json' }

const titled = { code: z.string().regex(/^[a-z][a-z-]*$/), title: z.string().min(1), titleEn: z.string().min(1) }
const SupplementReason = z.strictObject({ ...titled, for: z.enum(['paper', 'field', 'any']) })
export type SupplementReason = z.infer<typeof SupplementReason>
const StopGround = z.strictObject(titled)

export const SUPPLEMENT_REASONS: readonly SupplementReason[] = z.array(SupplementReason).parse(supplementJson)
export const STOP_GROUNDS: readonly z.infer<typeof StopGround>[] = z.array(StopGround).parse(stopJson)

const titleIn = (list: readonly { readonly code: string; readonly title: string; readonly titleEn: string }[]) => (code: string, lang: 'vi' | 'en' = 'vi'): string => {
  const found = list.find((r) => r.code === code)
  return found === undefined ? code : lang === 'en' ? found.titleEn : found.title
}
export const supplementReason = titleIn(SUPPLEMENT_REASONS)
export const stopGround = titleIn(STOP_GROUNDS)
