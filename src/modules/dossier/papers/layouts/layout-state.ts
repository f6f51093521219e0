/** PURE. The published layouts as their events make them; one stream for the whole city. */
import { type Uuid, uuid } from '#kernel/ids.ts'
import type { Instant, PlainDate } from '#kernel/plain-date.ts'
import type { By } from '../../lifecycle/custody.ts'
import type { LayoutYear, PaperSlug } from './layout.ts'

/** The stream of the layouts in every installation. */
export const LAYOUT_STREAM: Uuid = uuid('019b0000-0000-7000-8000-00000001a407')

/** `content`: the JSON text (the log keeps no fractions, so it is kept as text). */
export type LayoutPublished = {
  readonly type: 'paper-layout.published'
  readonly data: { readonly slug: PaperSlug; readonly layout: LayoutYear; readonly version: number; readonly validFrom: PlainDate; readonly content: string; readonly note: string }
}

export type LayoutRow = {
  readonly slug: PaperSlug
  readonly layout: LayoutYear
  readonly version: number
  readonly valid_from: PlainDate
  readonly published_at: Instant
  readonly by_person: Uuid | null
  readonly by_post: Uuid | null
  readonly note: string
  readonly content: string
}

/** Decision 10: the command and replay write this row and no other. */
export const layoutRow = ({ data }: LayoutPublished, at: Instant, by: By): LayoutRow => ({
  slug: data.slug, layout: data.layout, version: data.version, valid_from: data.validFrom, published_at: at, by_person: by.personId, by_post: by.postId, note: data.note, content: data.content,
})
