/** PURE. Columns that come in pairs. */
import type { Uuid } from '#kernel/ids.ts'
import type { By } from './custody.ts'

export type ByColumns<P extends string> = Record<`${P}_person` | `${P}_post`, Uuid | null>
export const by = <P extends string>(prefix: P, who: By | null): ByColumns<P> =>
  ({ [`${prefix}_person`]: who?.personId ?? null, [`${prefix}_post`]: who?.postId ?? null }) as ByColumns<P>
