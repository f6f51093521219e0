/** How a dossier stands, to whom it belongs: in their words, not in the file's. */
import type { statusGroup, statusTitle } from '#modules/dossier'
import type { Lang } from '../../http.ts'
import { type Words, t } from '../../words.ts'

type Status = Parameters<typeof statusTitle>[0]
type Tone = 'ok' | 'soon' | 'late' | 'paused' | 'plain'

const STANDING: Readonly<Record<Status, Words & { readonly tone: Tone }>> = {
  submitted: { vi: 'Chờ nơi nhận trả lời', en: 'Waiting for the desk to answer', tone: 'paused' },
  'awaiting-completion': { vi: 'Chờ bạn hoàn thiện', en: 'Waiting for you', tone: 'soon' },
  received: { vi: 'Đã tiếp nhận', en: 'Received', tone: 'soon' },
  refused: { vi: 'Không được tiếp nhận', en: 'Not received', tone: 'late' },
  processing: { vi: 'Đang xử lý', en: 'In progress', tone: 'soon' },
  'awaiting-supplement': { vi: 'Chờ bạn bổ sung giấy tờ', en: 'Waiting for more papers', tone: 'soon' },
  'awaiting-payment': { vi: 'Chờ bạn nộp tiền', en: 'Waiting for payment', tone: 'soon' },
  withdrawn: { vi: 'Bạn đã rút hồ sơ', en: 'Withdrawn by you', tone: 'plain' },
  halted: { vi: 'Tạm dừng', en: 'Halted for a time', tone: 'paused' },
  stopped: { vi: 'Đã dừng', en: 'Stopped', tone: 'late' },
  finished: { vi: 'Đã có kết quả', en: 'The result is ready', tone: 'ok' },
  returned: { vi: 'Đã trả kết quả', en: 'Result handed over', tone: 'ok' },
}

export const standingTitle = (status: Status, lang: Lang): string => t(lang, STANDING[status])

/** Late is said by the colour and by a word beside it. */
export const standingTone = (status: Status, late: boolean): Tone => (late ? 'late' : STANDING[status].tone)

export const isOpen = (group: ReturnType<typeof statusGroup>): boolean => group === 'awaiting-intake' || group === 'in-progress' || group === 'paused'
