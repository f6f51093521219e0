import { formatDate } from '#kernel/plain-date.ts'
import type { StaffMember } from '#modules/organisation'
import type { Option } from '../ui/choice.tsx'

/** Whom a dossier may be given to: who is there first; who is away says until when. @param byRule words for "whoever the rule finds"; left out: not offered */
export const officerOptions = (staff: readonly StaffMember[], byRule?: string): readonly Option[] => [
  ...(byRule === undefined ? [] : [{ value: 'rule', label: byRule }]),
  ...staff.toSorted((a, b) => Number(a.backOn !== null) - Number(b.backOn !== null)).map((s) => ({ value: s.postId, label: `${s.name} · ${s.title}${s.backOn === null ? '' : ` (vắng, trở lại ${formatDate(s.backOn)})`}` })),
]
