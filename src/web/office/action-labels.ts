/** What the button of an action says; some by where it leads, or by what has gone before. */
import type { AvailableAction, DossierView } from '#modules/dossier'
import { forwardLabel } from './action-words.ts'

export const labelOf = ({ action, targets }: AvailableAction, dossier: DossierView): string => {
  switch (action) {
    case 'assign':
      return dossier.held?.postId == null ? 'Phân công' : 'Phân công lại'
    case 'take':
      return 'Nhận xử lý'
    case 'forward':
      return forwardLabel(targets[0])
    case 'approve':
      return 'Ký duyệt'
    case 'issue':
      return 'Cấp số, phát hành'
    case 'send-back':
      return 'Trả lại'
    case 'return':
      return 'Trả kết quả'
    case 'collect':
      return 'Nhận kết quả điện tử'
    case 'note':
      return 'Ghi chú'
    case 'draft':
      return 'Dự thảo kết quả'
    case 'number':
      return 'Cấp số'
    case 'accept':
      return 'Tiếp nhận'
    case 'request-completion':
      return 'Yêu cầu hoàn thiện'
    case 'refuse':
      return 'Từ chối tiếp nhận'
    case 'complete':
      return 'Nộp bổ sung'
    case 'extend':
      return 'Hẹn lại ngày trả'
    case 'apologise':
      return dossier.waitingApology?.kind === 'explanation' ? 'Gửi thư giải thích' : 'Gửi thư xin lỗi'
    case 'propose-supplement':
      return 'Đề xuất bổ sung'
    case 'return-supplement':
      return 'Trả lại đề xuất'
    case 'request-supplement':
      return 'Duyệt, gửi yêu cầu bổ sung'
    case 'complete-supplement':
      return 'Ghi nhận bổ sung'
    case 'lapse-supplement':
      return 'Ghi nhận quá hạn'
    case 'request-payment':
      return 'Nghĩa vụ tài chính'
    case 'confirm-payment':
      return 'Đã nộp tiền'
    case 'halt':
      return 'Tạm dừng'
    case 'resume':
      return 'Tiếp tục xử lý'
    case 'stop':
      return 'Dừng giải quyết'
    case 'link-attempt':
      return 'Nối lần nộp trước'
    case 'unlink-attempt':
      return 'Bỏ nối'
    case 'ask-consultation':
      return 'Lấy ý kiến'
    case 'answer-consultation':
      return 'Trả lời lấy ý kiến'
    case 'recall-consultation':
      return 'Thu hồi câu hỏi'
    case 'plan-inspection':
      return 'Kiểm tra thực địa'
    case 'cancel-inspection':
      return 'Hủy hẹn kiểm tra'
    case 'record-inspection':
      return 'Lập biên bản kiểm tra'
    case 'sign-inspection':
      return 'Ký biên bản kiểm tra'
    case 'withdraw':
      return 'Rút hồ sơ'
    case 'correct-entries':
      return 'Đính chính thông tin'
    case 'correct-payment':
      return 'Đính chính thông báo nộp tiền'
    case 'correct-procedure':
      return 'Đính chính thủ tục'
    case 'correct-reception':
      return 'Đính chính ngày hẹn'
    case 'correct-result':
      return 'Thay kết quả có sai sót'
    case 'reopen':
      return 'Mở lại hồ sơ'
  }
}
