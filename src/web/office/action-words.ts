/** What each action is called on buttons, in addresses, in the history, and in the sentence after it was done. */
import type { Action, AvailableAction, DossierView } from '#modules/dossier'
import type { StepKey } from '#modules/process'

type ActionWords = {
  /** Last word of the address that it is posted to. */
  readonly path: string
  /** On its button, unless `labelOf` knows more. */
  readonly label: string
  readonly done: string
  readonly past: string
}

export const ACTION_WORDS: Readonly<Record<Action, ActionWords>> = {
  accept: { path: 'tiep-nhan', label: 'Tiếp nhận', done: 'Đã tiếp nhận', past: 'tiếp nhận hồ sơ trực tuyến' },
  'request-completion': { path: 'yeu-cau-hoan-thien', label: 'Yêu cầu hoàn thiện', done: 'Đã yêu cầu hoàn thiện', past: 'yêu cầu hoàn thiện hồ sơ' },
  refuse: { path: 'tu-choi', label: 'Từ chối tiếp nhận', done: 'Đã từ chối tiếp nhận', past: 'từ chối tiếp nhận' },
  complete: { path: 'hoan-thien', label: 'Nộp bổ sung', done: 'Đã nộp bổ sung', past: 'nộp bổ sung' },
  draft: { path: 'du-thao', label: 'Dự thảo kết quả', done: 'Đã lưu dự thảo của', past: 'dự thảo kết quả' },
  number: { path: 'cap-so', label: 'Cấp số', done: 'Đã cấp số cho', past: 'cấp số kết quả' },
  assign: { path: 'phan-cong', label: 'Phân công', done: 'Đã phân công', past: 'phân công' },
  take: { path: 'nhan', label: 'Nhận xử lý', done: 'Đã nhận xử lý', past: 'nhận xử lý' },
  forward: { path: 'chuyen', label: 'Chuyển bước', done: 'Đã chuyển', past: 'chuyển' },
  approve: { path: 'ky-duyet', label: 'Ký duyệt', done: 'Đã ký duyệt', past: 'ký duyệt' },
  issue: { path: 'phat-hanh', label: 'Cấp số, phát hành', done: 'Đã phát hành kết quả của', past: 'cấp số, phát hành kết quả' },
  'send-back': { path: 'tra-lai', label: 'Trả lại', done: 'Đã trả lại', past: 'trả lại' },
  return: { path: 'tra-ket-qua', label: 'Trả kết quả', done: 'Đã trả kết quả', past: 'trả kết quả' },
  extend: { path: 'hen-lai', label: 'Hẹn lại ngày trả', done: 'Đã gửi thư xin lỗi, hẹn lại ngày của', past: 'gửi thư xin lỗi, hẹn lại ngày trả' },
  apologise: { path: 'xin-loi', label: 'Gửi thư xin lỗi', done: 'Đã gửi thư của', past: 'gửi thư xin lỗi' },
  collect: { path: 'nhan-ket-qua', label: 'Nhận kết quả điện tử', done: 'Đã nhận kết quả điện tử của', past: 'nhận kết quả điện tử' },
  'propose-supplement': { path: 'de-xuat-bo-sung', label: 'Đề xuất bổ sung', done: 'Đã trình đề xuất bổ sung của', past: 'đề xuất yêu cầu bổ sung' },
  'return-supplement': { path: 'tra-lai-de-xuat', label: 'Trả lại đề xuất', done: 'Đã trả lại đề xuất bổ sung của', past: 'trả lại đề xuất bổ sung' },
  'request-supplement': { path: 'duyet-bo-sung', label: 'Duyệt, gửi yêu cầu bổ sung', done: 'Đã gửi yêu cầu bổ sung của', past: 'yêu cầu bổ sung hồ sơ' },
  'complete-supplement': { path: 'bo-sung', label: 'Ghi nhận bổ sung', done: 'Đã ghi nhận bổ sung của', past: 'bổ sung hồ sơ' },
  'lapse-supplement': { path: 'qua-han-bo-sung', label: 'Ghi nhận quá hạn', done: 'Đã ghi nhận quá hạn bổ sung của', past: 'quá hạn bổ sung, không có trả lời' },
  'request-payment': { path: 'nghia-vu-tai-chinh', label: 'Nghĩa vụ tài chính', done: 'Đã yêu cầu nghĩa vụ tài chính của', past: 'yêu cầu thực hiện nghĩa vụ tài chính' },
  'confirm-payment': { path: 'da-nop-tien', label: 'Đã nộp tiền', done: 'Đã xác nhận nghĩa vụ tài chính của', past: 'xác nhận đã nộp tiền' },
  halt: { path: 'tam-dung', label: 'Tạm dừng', done: 'Đã tạm dừng', past: 'tạm dừng xử lý' },
  resume: { path: 'tiep-tuc', label: 'Tiếp tục xử lý', done: 'Đã tiếp tục xử lý', past: 'tiếp tục xử lý' },
  stop: { path: 'dung-giai-quyet', label: 'Dừng giải quyết', done: 'Đã dừng giải quyết', past: 'dừng giải quyết' },
  withdraw: { path: 'rut', label: 'Rút hồ sơ', done: 'Đã ghi nhận rút hồ sơ', past: 'rút hồ sơ theo yêu cầu' },
  'link-attempt': { path: 'noi-lan-truoc', label: 'Nối lần nộp trước', done: 'Đã nối lần nộp trước với', past: 'nối với lần nộp trước' },
  'unlink-attempt': { path: 'bo-noi', label: 'Bỏ nối', done: 'Đã bỏ nối lần nộp trước của', past: 'bỏ nối lần nộp trước' },
  'correct-entries': { path: 'dinh-chinh', label: 'Đính chính thông tin', done: 'Đã đính chính', past: 'đính chính thông tin hồ sơ' },
  'correct-payment': { path: 'dinh-chinh-thong-bao', label: 'Đính chính thông báo nộp tiền', done: 'Đã đính chính thông báo của', past: 'đính chính thông báo nộp tiền' },
  'correct-procedure': { path: 'dinh-chinh-thu-tuc', label: 'Đính chính thủ tục', done: 'Đã đính chính thủ tục của', past: 'đính chính thủ tục' },
  'correct-reception': { path: 'dinh-chinh-tiep-nhan', label: 'Đính chính ngày hẹn', done: 'Đã đính chính ngày hẹn của', past: 'đính chính thời điểm tiếp nhận, ngày hẹn' },
  'correct-result': { path: 'dinh-chinh-ket-qua', label: 'Thay kết quả có sai sót', done: 'Đã thay kết quả của', past: 'đính chính kết quả, cấp bản thay thế' },
  reopen: { path: 'mo-lai', label: 'Mở lại hồ sơ', done: 'Đã mở lại', past: 'mở lại hồ sơ' },
  'ask-consultation': { path: 'lay-y-kien', label: 'Lấy ý kiến', done: 'Đã gửi lấy ý kiến về', past: 'gửi lấy ý kiến' },
  'answer-consultation': { path: 'tra-loi-y-kien', label: 'Trả lời lấy ý kiến', done: 'Đã trả lời lấy ý kiến về', past: 'trả lời lấy ý kiến' },
  'recall-consultation': { path: 'thu-hoi-y-kien', label: 'Thu hồi câu hỏi', done: 'Đã thu hồi câu hỏi về', past: 'thu hồi câu hỏi lấy ý kiến' },
  'plan-inspection': { path: 'kiem-tra/hen', label: 'Kiểm tra thực địa', done: 'Đã hẹn kiểm tra thực địa của', past: 'hẹn kiểm tra thực địa' },
  'cancel-inspection': { path: 'kiem-tra/huy', label: 'Hủy hẹn kiểm tra', done: 'Đã hủy hẹn kiểm tra của', past: 'hủy hẹn kiểm tra thực địa' },
  'record-inspection': { path: 'kiem-tra/bien-ban', label: 'Lập biên bản kiểm tra', done: 'Đã lập biên bản của', past: 'lập biên bản kiểm tra thực địa' },
  'sign-inspection': { path: 'kiem-tra/ky', label: 'Ký biên bản kiểm tra', done: 'Đã ký biên bản của', past: 'ký biên bản kiểm tra thực địa' },
  note: { path: 'ghi-chu', label: 'Ghi chú', done: 'Đã ghi chú vào', past: 'ghi chú nội bộ' },
}

/** Steps where space is short: tabs, tables, badges. The whole name stands in the process table. */
export const STEP_SHORT: Readonly<Record<StepKey, string>> = {
  RECEIVE: 'Tiếp nhận',
  ASSIGN: 'Phân công',
  HANDLE: 'Thẩm định',
  REVIEW: 'Xem xét',
  SIGN: 'Ký duyệt',
  CLERK: 'Cấp số',
  RETURN: 'Trả kết quả',
}

/** Of every place where a dossier can be, the waiting ones too. */
export const stepShort = (step: string): string =>
  WAITING_SHORT[step] ?? Object.entries(STEP_SHORT).find(([key]) => key === step)?.[1] ?? step
const WAITING_SHORT: Readonly<Record<string, string>> = { INTAKE: 'Chờ tiếp nhận', COMPLETION: 'Chờ hoàn thiện', SUPPLEMENT: 'Chờ bổ sung', PAYMENT: 'Chờ nộp tiền', HALT: 'Tạm dừng', CLOSED: 'Đã kết thúc' }

/** What the button of an action says: where it leads, and what has gone before, may change the word. */
export const labelOf = ({ action, targets }: AvailableAction, dossier: DossierView): string => {
  const [to] = targets
  if (action === 'forward' && to !== undefined) return FORWARD_TO[to] ?? ACTION_WORDS.forward.label
  if (action === 'assign' && dossier.held?.postId != null) return 'Phân công lại'
  if (action === 'apologise' && dossier.waitingApology?.kind === 'explanation') return 'Gửi thư giải thích'
  return ACTION_WORDS[action].label
}
const FORWARD_TO: Readonly<Partial<Record<StepKey, string>>> = { SIGN: 'Trình ký', REVIEW: 'Trình lãnh đạo phòng', ASSIGN: 'Chuyển xử lý', HANDLE: 'Chuyển xử lý' }

/** Of those that move the dossier, the one that is the day's work comes first and is the primary button. */
export const MAIN_ORDER: readonly Action[] = [
  'request-supplement', 'complete-supplement', 'confirm-payment', 'resume', 'issue', 'approve', 'forward', 'take', 'assign', 'return', 'extend', 'apologise', 'send-back', 'return-supplement', 'propose-supplement', 'ask-consultation', 'plan-inspection', 'request-payment', 'halt', 'stop', 'withdraw', 'answer-consultation',
]
