/** What each action is called on buttons, in addresses, in the history, and in the sentence after it was done. */
import type { Action } from '#modules/dossier'
import type { StepKey } from '#modules/process'

type ActionWords = {
  /** Last word of the address that it is posted to. */
  readonly path: string
  readonly key: string
  readonly done: string
  readonly past: string
}

export const ACTION_WORDS: Readonly<Record<Action, ActionWords>> = {
  accept: { path: 'tiep-nhan', key: 'a', done: 'Đã tiếp nhận', past: 'tiếp nhận hồ sơ trực tuyến' },
  'request-completion': { path: 'yeu-cau-hoan-thien', key: 'y', done: 'Đã yêu cầu hoàn thiện', past: 'yêu cầu hoàn thiện hồ sơ' },
  refuse: { path: 'tu-choi', key: 'r', done: 'Đã từ chối tiếp nhận', past: 'từ chối tiếp nhận' },
  complete: { path: 'hoan-thien', key: 'f', done: 'Đã nộp bổ sung', past: 'nộp bổ sung' },
  draft: { path: 'du-thao', key: 'd', done: 'Đã lưu dự thảo của', past: 'dự thảo kết quả' },
  number: { path: 'cap-so', key: 's', done: 'Đã cấp số cho', past: 'cấp số kết quả' },
  assign: { path: 'phan-cong', key: 'f', done: 'Đã phân công', past: 'phân công' },
  take: { path: 'nhan', key: 'f', done: 'Đã nhận xử lý', past: 'nhận xử lý' },
  forward: { path: 'chuyen', key: 'f', done: 'Đã chuyển', past: 'chuyển' },
  approve: { path: 'ky-duyet', key: 'f', done: 'Đã ký duyệt', past: 'ký duyệt' },
  issue: { path: 'phat-hanh', key: 'f', done: 'Đã phát hành kết quả của', past: 'cấp số, phát hành kết quả' },
  'send-back': { path: 'tra-lai', key: 'b', done: 'Đã trả lại', past: 'trả lại' },
  return: { path: 'tra-ket-qua', key: 'f', done: 'Đã trả kết quả', past: 'trả kết quả' },
  extend: { path: 'hen-lai', key: 'h', done: 'Đã gửi thư xin lỗi, hẹn lại ngày của', past: 'gửi thư xin lỗi, hẹn lại ngày trả' },
  apologise: { path: 'xin-loi', key: 'x', done: 'Đã gửi thư của', past: 'gửi thư xin lỗi' },
  collect: { path: 'nhan-ket-qua', key: 'f', done: 'Đã nhận kết quả điện tử của', past: 'nhận kết quả điện tử' },
  'propose-supplement': { path: 'de-xuat-bo-sung', key: 'y', done: 'Đã trình đề xuất bổ sung của', past: 'đề xuất yêu cầu bổ sung' },
  'return-supplement': { path: 'tra-lai-de-xuat', key: 'l', done: 'Đã trả lại đề xuất bổ sung của', past: 'trả lại đề xuất bổ sung' },
  'request-supplement': { path: 'duyet-bo-sung', key: 'f', done: 'Đã gửi yêu cầu bổ sung của', past: 'yêu cầu bổ sung hồ sơ' },
  'complete-supplement': { path: 'bo-sung', key: 'f', done: 'Đã ghi nhận bổ sung của', past: 'bổ sung hồ sơ' },
  'lapse-supplement': { path: 'qua-han-bo-sung', key: 'l', done: 'Đã ghi nhận quá hạn bổ sung của', past: 'quá hạn bổ sung, không có trả lời' },
  'request-payment': { path: 'nghia-vu-tai-chinh', key: 't', done: 'Đã yêu cầu nghĩa vụ tài chính của', past: 'yêu cầu thực hiện nghĩa vụ tài chính' },
  'confirm-payment': { path: 'da-nop-tien', key: 'f', done: 'Đã xác nhận nghĩa vụ tài chính của', past: 'xác nhận đã nộp tiền' },
  halt: { path: 'tam-dung', key: 'u', done: 'Đã tạm dừng', past: 'tạm dừng xử lý' },
  resume: { path: 'tiep-tuc', key: 'f', done: 'Đã tiếp tục xử lý', past: 'tiếp tục xử lý' },
  stop: { path: 'dung-giai-quyet', key: 'x', done: 'Đã dừng giải quyết', past: 'dừng giải quyết' },
  withdraw: { path: 'rut', key: 'w', done: 'Đã ghi nhận rút hồ sơ', past: 'rút hồ sơ theo yêu cầu' },
  'link-attempt': { path: 'noi-lan-truoc', key: 'l', done: 'Đã nối lần nộp trước với', past: 'nối với lần nộp trước' },
  'unlink-attempt': { path: 'bo-noi', key: 'l', done: 'Đã bỏ nối lần nộp trước của', past: 'bỏ nối lần nộp trước' },
  'correct-entries': { path: 'dinh-chinh', key: 'c', done: 'Đã đính chính', past: 'đính chính thông tin hồ sơ' },
  'correct-payment': { path: 'dinh-chinh-thong-bao', key: 'c', done: 'Đã đính chính thông báo của', past: 'đính chính thông báo nộp tiền' },
  'correct-procedure': { path: 'dinh-chinh-thu-tuc', key: 'c', done: 'Đã đính chính thủ tục của', past: 'đính chính thủ tục' },
  'correct-reception': { path: 'dinh-chinh-tiep-nhan', key: 'c', done: 'Đã đính chính ngày hẹn của', past: 'đính chính thời điểm tiếp nhận, ngày hẹn' },
  'correct-result': { path: 'dinh-chinh-ket-qua', key: 'c', done: 'Đã thay kết quả của', past: 'đính chính kết quả, cấp bản thay thế' },
  reopen: { path: 'mo-lai', key: 'm', done: 'Đã mở lại', past: 'mở lại hồ sơ' },
  'ask-consultation': { path: 'lay-y-kien', key: 'k', done: 'Đã gửi lấy ý kiến về', past: 'gửi lấy ý kiến' },
  'answer-consultation': { path: 'tra-loi-y-kien', key: 'f', done: 'Đã trả lời lấy ý kiến về', past: 'trả lời lấy ý kiến' },
  'recall-consultation': { path: 'thu-hoi-y-kien', key: 'l', done: 'Đã thu hồi câu hỏi về', past: 'thu hồi câu hỏi lấy ý kiến' },
  'plan-inspection': { path: 'kiem-tra/hen', key: 'i', done: 'Đã hẹn kiểm tra thực địa của', past: 'hẹn kiểm tra thực địa' },
  'cancel-inspection': { path: 'kiem-tra/huy', key: 'l', done: 'Đã hủy hẹn kiểm tra của', past: 'hủy hẹn kiểm tra thực địa' },
  'record-inspection': { path: 'kiem-tra/bien-ban', key: 'i', done: 'Đã lập biên bản của', past: 'lập biên bản kiểm tra thực địa' },
  'sign-inspection': { path: 'kiem-tra/ky', key: 'i', done: 'Đã ký biên bản của', past: 'ký biên bản kiểm tra thực địa' },
  note: { path: 'ghi-chu', key: 'n', done: 'Đã ghi chú vào', past: 'ghi chú nội bộ' },
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

/** The words of the main button depend on where it leads. */
export const forwardLabel = (to: StepKey | undefined): string => {
  switch (to) {
    case 'SIGN':
      return 'Trình ký'
    case 'REVIEW':
      return 'Trình lãnh đạo phòng'
    case 'ASSIGN':
    case 'HANDLE':
      return 'Chuyển xử lý'
    default:
      return 'Chuyển bước'
  }
}

/** Of those that move the dossier, the one that is the day's work comes first and is the primary button. */
export const MAIN_ORDER: readonly Action[] = [
  'request-supplement', 'complete-supplement', 'confirm-payment', 'resume', 'issue', 'approve', 'forward', 'take', 'assign', 'return', 'extend', 'apologise', 'send-back', 'return-supplement', 'propose-supplement', 'ask-consultation', 'plan-inspection', 'request-payment', 'halt', 'stop', 'withdraw', 'answer-consultation',
]
