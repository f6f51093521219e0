/** PURE. How busy the demo city was, as data/organisations/hue-history.json has it. */
import { z } from 'zod'
import raw from '../../../../data/organisations/hue-history.json' with { type: 'json' }

const Share = z.number().min(0).max(1)
const Busy = z.strictObject({
  code: z.string(),
  weight: z.number().positive(),
  /** How its result is numbered: `{n}` runs by agency, pattern and year. */
  number: z.string().includes('{n}').default('{n}/QĐ-UBND'),
  online: Share.default(0.5),
  organisations: Share.default(0),
})
const Texts = z.array(z.string()).min(1)

const HistoryData = z.strictObject({
  about: z.string(),
  /** Relative number of dossiers; a commune that is not named counts 1. */
  places: z.strictObject({ centre: z.number(), communes: z.record(z.string(), z.number()) }),
  commune: z.array(Busy).min(1),
  province: z.array(Busy).min(1),
  streets: Texts,
  companies: z.strictObject({ forms: Texts, trades: Texts, names: Texts }),
  /** Names that a search must bear: H' and single letters of the highlands. */
  highland: Texts,
  reasons: z.strictObject({
    completion: Texts,
    refusal: Texts,
    back: Texts,
    declined: Texts,
    notes: Texts,
    forwarded: z.array(z.string().nullable()).min(1),
  }),
})
export type HistoryData = z.infer<typeof HistoryData>
export type Busy = HistoryData['commune'][number]

let data: HistoryData | undefined
export const historyData = (): HistoryData => (data ??= HistoryData.parse(raw))
