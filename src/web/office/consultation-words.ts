/** Consultation in words: opinions, what silence means, limits. */
import type { Closing, Stance } from '#modules/dossier'

export const STANCE_WORDS: Readonly<Record<Stance, string>> = {
  agree: 'Đồng ý',
  'agree-if': 'Đồng ý, có điều kiện',
  disagree: 'Không đồng ý',
  'no-opinion': 'Không có ý kiến',
}

const SILENCE_WORDS: Readonly<Record<string, string>> = {
  agreed: 'Không trả lời trong hạn: coi là đồng ý',
  'not-agreed': 'Không trả lời trong hạn: coi là không đồng ý',
  nothing: 'Không trả lời trong hạn: không có ý kiến nào được ghi nhận',
}
export const silenceInWords = (silence: string): string => SILENCE_WORDS[silence] ?? silence

export const CLOSING_WORDS: Readonly<Record<Closing, string>> = { answered: 'đã trả lời', lapsed: 'hết hạn, không trả lời', recalled: 'đã thu hồi', ended: 'hồ sơ đã kết thúc' }

/** What the system does by itself, in the history. */
export const CONSULTATION_BY_ITSELF = { 'remind-consultation': 'Nhắc đơn vị chưa trả lời lấy ý kiến', 'lapse-consultation': 'Hết hạn lấy ý kiến' } as const

export const LIMIT_UNITS = [
  { value: 'working-day', label: 'ngày làm việc' },
  { value: 'hour', label: 'giờ làm việc' },
  { value: 'day', label: 'ngày' },
] as const
