/** PURE. Who may ask for a procedure. */
import { fold } from '#kernel/text.ts'

/** Kinds of applicant, in the words of the address; each stands for the source's many wordings. */
export const APPLICANTS = ['cong-dan', 'viet-kieu', 'nguoi-nuoc-ngoai', 'doanh-nghiep', 'to-chuc', 'hop-tac-xa', 'can-bo'] as const
export type Applicant = (typeof APPLICANTS)[number]

const APPLICANT_OF: readonly (readonly [Applicant, RegExp])[] = [
  ['viet-kieu', /dinh cu o nuoc ngoai/],
  ['nguoi-nuoc-ngoai', /^nguoi nuoc ngoai/],
  ['cong-dan', /cong dan|dang vien/],
  ['can-bo', /can bo|cong chuc/],
  ['hop-tac-xa', /^hop tac xa/],
  ['doanh-nghiep', /^doanh nghiep/],
  ['to-chuc', /to chuc/],
]
export const applicantsOf = (subjects: readonly string[]): readonly Applicant[] => [
  ...new Set(subjects.flatMap((s) => APPLICANT_OF.find(([, words]) => words.test(fold(s)))?.[0] ?? [])),
]
