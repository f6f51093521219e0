/** The ring motif of the Đông Sơn drums: a star of fourteen rays, rings of dots, rings of short strokes. The only ornament there is. */

const ray = (i: number, of: number, radius: number): string => {
  const angle = (i * Math.PI * 2) / of - Math.PI / 2
  return `${(20 + radius * Math.cos(angle)).toFixed(2)},${(20 + radius * Math.sin(angle)).toFixed(2)}`
}
const STAR = Array.from({ length: 28 }, (_, i) => ray(i, 28, i % 2 === 0 ? 7.4 : 2.6)).join(' ')

/** The mark beside the name. */
export const DrumMark = () => (
  <svg class="drum-mark" viewBox="0 0 40 40" width="30" height="30" aria-hidden="true" focusable="false">
    <circle cx="20" cy="20" r="18.5" />
    <circle cx="20" cy="20" r="15.6" class="dots" />
    <circle cx="20" cy="20" r="12.8" />
    <circle cx="20" cy="20" r="10.2" class="strokes" />
    <polygon points={STAR} />
  </svg>
)

/** The wide rings that pass behind the header, cut by its edge. */
export const DrumRings = () => (
  <svg class="drum-rings" viewBox="0 0 40 40" width="320" height="320" aria-hidden="true" focusable="false">
    <circle cx="20" cy="20" r="19.4" />
    <circle cx="20" cy="20" r="18.2" class="strokes" />
    <circle cx="20" cy="20" r="17" />
    <circle cx="20" cy="20" r="15.8" class="dots" />
    <circle cx="20" cy="20" r="14.6" />
    <circle cx="20" cy="20" r="12.6" class="strokes wide" />
    <circle cx="20" cy="20" r="10.6" />
    <circle cx="20" cy="20" r="9.4" class="dots" />
  </svg>
)
