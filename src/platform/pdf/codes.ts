/** PURE. Machine-readable codes as rectangles, drawn as vectors: sharp on any printer. */
import bwipjs from 'bwip-js/node'
import QRCode from 'qrcode'

/** In modules from the upper left corner. */
type Rect = { readonly x: number; readonly y: number; readonly width: number; readonly height: number }
/** `width` and `height` in modules, the quiet zone included. */
export type CodeShape = { readonly rects: readonly Rect[]; readonly width: number; readonly height: number }

/** ISO/IEC 18004 asks for 4 modules of white around; level M stands 15 % of damage (a fold, a stamp). */
const QR_QUIET = 4

export const qrShape = (text: string): CodeShape => {
  const { modules } = QRCode.create(text, { errorCorrectionLevel: 'M' })
  const rects: Rect[] = []
  for (let y = 0; y < modules.size; y += 1) {
    for (let x = 0; x < modules.size; x += 1) {
      if (modules.get(y, x) === 0) continue
      let end = x + 1
      while (end < modules.size && modules.get(y, end) !== 0) end += 1
      rects.push({ x: x + QR_QUIET, y: y + QR_QUIET, width: end - x, height: 1 })
      x = end
    }
  }
  const side = modules.size + 2 * QR_QUIET
  return { rects, width: side, height: side }
}

/** ISO/IEC 15417 asks for 10 modules of white on both sides. */
const BAR_QUIET = 10

/** Code 128 of printable ASCII, one module high. @throws RangeError for other text: the code has no letters for it */
export const barShape = (text: string): CodeShape => {
  if (!/^[\x20-\x7e]+$/.test(text)) throw new RangeError('Code 128 holds printable ASCII only')
  const [encoded] = bwipjs.raw({ bcid: 'code128', text })
  if (encoded === undefined || !('sbs' in encoded)) throw new RangeError('no bars for this text')
  const rects: Rect[] = []
  let x = BAR_QUIET
  for (const [i, width] of encoded.sbs.entries()) {
    if (i % 2 === 0) rects.push({ x, y: 0, width, height: 1 })
    x += width
  }
  return { rects, width: x + BAR_QUIET, height: 1 }
}
