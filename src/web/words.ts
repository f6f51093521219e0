/** Public pages speak Vietnamese and, by a switch, English. Words stand beside the page that uses them. */
import type { Lang } from './http.ts'

export type Words = { readonly vi: string; readonly en: string }

export const t = (lang: Lang, words: Words): string => words[lang]
