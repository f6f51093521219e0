/** PURE. Search data: what people call things (`data/catalogue/synonyms.json`) and the words of a record that can be found. */
import { z } from 'zod'
import shipped from '../../../data/catalogue/synonyms.json' with { type: 'json' }
import { type Level, PROCEDURE_CODE } from './procedure-record.ts'
import type { Searchable } from './search-index.ts'

const Code = z.string().regex(PROCEDURE_CODE)
export const SynonymData = z.strictObject({
  about: z.string(),
  synonyms: z.array(z.strictObject({ say: z.array(z.string().min(2)).min(1), means: z.array(Code).min(1) })),
  /** What many people need, in the order of the home page. */
  common: z.array(Code),
})
export type SynonymData = z.infer<typeof SynonymData>

let parsed: SynonymData | undefined
export const synonymData = (): SynonymData => (parsed ??= SynonymData.parse(shipped))

/** How people speak of a level. */
const LEVEL_WORDS: Record<Level, string> = {
  commune: 'cấp xã phường đặc khu',
  district: 'cấp huyện quận',
  province: 'cấp tỉnh thành phố sở',
  ministry: 'cấp bộ trung ương',
  other: 'cơ quan khác',
}

type Described = {
  readonly code: string
  readonly name: string
  readonly field: string
  readonly levels: readonly Level[]
  readonly subjects: readonly string[]
  readonly publisher: string | null
  readonly keywords: string | null
}

export const searchables = (records: readonly Described[]): readonly Searchable[] => {
  const common = new Set(synonymData().common)
  return records.map((r) => ({
    code: r.code,
    name: r.name,
    field: r.field,
    also: [...r.levels.map((l) => LEVEL_WORDS[l]), ...r.subjects, r.publisher ?? '', r.keywords ?? ''].join(' '),
    prior: (common.has(r.code) ? 0.7 : 0) + (r.levels.includes('commune') ? 0.3 : 0),
  }))
}
