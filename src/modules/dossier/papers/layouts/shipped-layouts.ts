/** PURE. The layouts that this version ships: six of 2018, seven of 2025 (domain.md §4.1: before July 2025 there was no stop notice). */
import apology2018 from '../../../../../data/papers/apology-extension-2018.json' with { type: 'json' }
import apology2025 from '../../../../../data/papers/apology-extension-2025.json' with { type: 'json' }
import slip2018 from '../../../../../data/papers/control-slip-2018.json' with { type: 'json' }
import slip2025 from '../../../../../data/papers/control-slip-2025.json' with { type: 'json' }
import receipt2018 from '../../../../../data/papers/receipt-2018.json' with { type: 'json' }
import receipt2025 from '../../../../../data/papers/receipt-2025.json' with { type: 'json' }
import refusal2018 from '../../../../../data/papers/refusal-2018.json' with { type: 'json' }
import refusal2025 from '../../../../../data/papers/refusal-2025.json' with { type: 'json' }
import register2018 from '../../../../../data/papers/register-2018.json' with { type: 'json' }
import register2025 from '../../../../../data/papers/register-2025.json' with { type: 'json' }
import stop2025 from '../../../../../data/papers/stop-notice-2025.json' with { type: 'json' }
import supplement2018 from '../../../../../data/papers/supplement-2018.json' with { type: 'json' }
import supplement2025 from '../../../../../data/papers/supplement-2025.json' with { type: 'json' }
import { type LayoutYear, type PaperLayout, type PaperSlug, checkLayout } from './layout.ts'

const SOURCES: readonly { readonly slug: string; readonly layout: string }[] = [
  receipt2018, receipt2025, supplement2018, supplement2025, refusal2018, refusal2025, apology2018, apology2025, stop2025, slip2018, slip2025, register2018, register2025,
]

export const SHIPPED_LAYOUTS: readonly PaperLayout[] = SOURCES.map((source) => {
  const checked = checkLayout(source.slug as PaperSlug, source.layout as LayoutYear, source)
  if (!checked.ok) throw new RangeError(`${source.slug}-${source.layout}: ${checked.faults.map((fault) => `${fault.path.join('.')} ${fault.message}`).join(' ')}`)
  return checked.layout
})

export const findShippedLayout = (slug: PaperSlug, year: LayoutYear): PaperLayout | undefined => SHIPPED_LAYOUTS.find((layout) => layout.slug === slug && layout.layout === year)

/** @throws RangeError for a form that the regime does not have */
export const shippedLayout = (slug: PaperSlug, year: LayoutYear): PaperLayout => {
  const found = findShippedLayout(slug, year)
  if (found === undefined) throw new RangeError(`no ${slug} of ${year}`)
  return found
}
