/** How a dossier stands, to whom it belongs: in their words, not in the file's. */
import type { statusGroup, statusTitle } from '#modules/dossier'
import type { Lang } from '../../http.ts'
import { type Words, t } from '../../words.ts'
import { CORRECTED_WORDS } from '../corrected.tsx'

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

/** What happened, as a line of the timeline. */
export const HAPPENED: Readonly<Record<string, Words>> = {
  submitted: { vi: 'Đã nộp trực tuyến', en: 'Filed online' },
  submit: { vi: 'Đã nộp trực tuyến', en: 'Filed online' },
  accept: { vi: 'Đã tiếp nhận', en: 'Received' },
  accepted: { vi: 'Đã tiếp nhận', en: 'Received' },
  'request-completion': { vi: 'Nơi nhận yêu cầu hoàn thiện', en: 'You were asked to complete it' },
  complete: { vi: 'Bạn đã trả lời', en: 'You answered' },
  completed: { vi: 'Bạn đã trả lời', en: 'You answered' },
  refuse: { vi: 'Không được tiếp nhận', en: 'Not received' },
  received: { vi: 'Đã tiếp nhận', en: 'Received' },
  forward: { vi: 'Chuyển bước', en: 'Passed on' },
  assign: { vi: 'Đã phân công người xử lý', en: 'Assigned' },
  take: { vi: 'Đã có người nhận xử lý', en: 'Taken up' },
  'send-back': { vi: 'Trả lại bước trước để xem lại', en: 'Sent back to be looked at again' },
  draft: { vi: 'Đã soạn kết quả', en: 'Result drafted' },
  approve: { vi: 'Đã ký duyệt', en: 'Signed' },
  number: { vi: 'Đã lấy số', en: 'Numbered' },
  issue: { vi: 'Đã có kết quả', en: 'Result issued' },
  return: { vi: 'Đã trả kết quả', en: 'Result handed over' },
  'request-supplement': { vi: 'Cơ quan yêu cầu bổ sung', en: 'You were asked for more' },
  'complete-supplement': { vi: 'Đã nhận bổ sung', en: 'Supplement received' },
  'lapse-supplement': { vi: 'Quá hạn bổ sung', en: 'No supplement in time' },
  'request-payment': { vi: 'Cơ quan yêu cầu nộp tiền', en: 'A payment was asked for' },
  'confirm-payment': { vi: 'Đã xác nhận nộp tiền', en: 'Payment confirmed' },
  halt: { vi: 'Tạm dừng', en: 'Halted for a time' },
  resume: { vi: 'Tiếp tục xử lý', en: 'Resumed' },
  stop: { vi: 'Dừng giải quyết', en: 'Stopped' },
  withdraw: { vi: 'Đã rút hồ sơ', en: 'Withdrawn' },
  'ask-consultation': { vi: 'Lấy ý kiến các cơ quan liên quan', en: 'Other offices were asked for their opinion' },
  'answer-consultation': { vi: 'Một cơ quan đã trả lời lấy ý kiến', en: 'An office gave its opinion' },
  'lapse-consultation': { vi: 'Hết hạn lấy ý kiến, xử lý tiếp', en: 'The time for an opinion has passed' },
  'plan-inspection': { vi: 'Hẹn kiểm tra thực địa', en: 'A visit to the place was arranged' },
  'cancel-inspection': { vi: 'Hủy hẹn kiểm tra thực địa', en: 'The visit was called off' },
  'sign-inspection': { vi: 'Đã kiểm tra thực địa', en: 'The place was visited' },
  extend: { vi: 'Xin lỗi và hẹn lại ngày trả', en: 'Apology and a new date' },
  apologise: { vi: 'Cơ quan gửi thư cho bạn', en: 'The agency wrote to you' },
  ...CORRECTED_WORDS,
}
