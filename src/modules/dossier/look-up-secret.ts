/** PURE. The look-up secret of a receipt (decision 20). No 0/O, 1/I/L: it is read off paper. Not all digits, so that it is never taken for the end of a phone number. */
const LETTERS = 'ABCDEFGHJKMNPQRSTUVWXYZ'
const SIGNS = `${LETTERS}23456789`

/** @param upTo an integer, 0 ≤ n < limit, by chance */
export const lookUpSecret = (upTo: (limit: number) => number): string =>
  LETTERS[upTo(LETTERS.length)]! + Array.from({ length: 3 }, () => SIGNS[upTo(SIGNS.length)]!).join('')
