/** Vietnamese text: normal form at the edge, folding for search. */

/** Unicode NFC, outer blanks trimmed, inner runs of blanks and control characters made one. For single-line input. */
export const tidy = (text: string): string => text.normalize('NFC').replace(/[\s\p{Cc}]+/gu, ' ').trim()

/** `Đặng Dũng` → `Dang Dung` */
export const withoutAccents = (text: string): string =>
  text
    .normalize('NFD')
    .replace(/[\u0300-\u036f]/g, '')
    .replaceAll('đ', 'd')
    .replaceAll('Đ', 'D')

/** Lower case without accents, đ as d: `Đặng Dũng` → `dang dung`. The database's `search.fold` gives the same. */
export const fold = (text: string): string => withoutAccents(text).toLowerCase()

/** The initials shown to a stranger: `Nguyễn Đăng Khoa` → `N. Đ. K.` */
export const initials = (name: string): string =>
  tidy(name)
    .split(' ')
    .filter((word) => word !== '')
    .map((word) => `${[...word][0]?.toUpperCase()}.`)
    .join(' ')
