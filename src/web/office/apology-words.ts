/** How letters of apology and the marks of lateness are called on the pages of the offices. */
import type { ApologyKind, EscalationLevel } from '#modules/dossier'

export const APOLOGY_WORDS: Readonly<Record<ApologyKind, string>> = { extension: 'Xin lỗi, hẹn lại ngày', apology: 'Xin lỗi vì trễ hạn', explanation: 'Giải thích việc từ chối' }

const LEVEL_WORDS: Readonly<Record<EscalationLevel, string>> = { officer: 'người thụ lý', leader: 'lãnh đạo phòng', control: 'kiểm soát thủ tục hành chính', chair: 'chủ tịch' }

const LEVELS = ['officer', 'leader', 'control', 'chair'] as const satisfies readonly EscalationLevel[]

/** What the system does by itself, in the history of a dossier. */
export const BY_ITSELF = { 'apology-draft': 'Soạn thư xin lỗi chờ ký', 'mark-late': 'Ghi nhận hồ sơ quá hạn' } as const
/** @param level as the event has it */
export const escalatedTo = (level: string | null): string => `Báo quá hạn đến ${LEVELS.flatMap((l) => (l === level ? [LEVEL_WORDS[l]] : []))[0] ?? 'cấp trên'}`

/** Before whom it has come last; undefined: before nobody yet. */
export const levelWords = (level: number): string | undefined => {
  const reached = LEVELS[level - 1]
  return reached === undefined ? undefined : LEVEL_WORDS[reached]
}
