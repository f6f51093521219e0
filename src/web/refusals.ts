/** What a rule refused, as a sentence that also says what is possible. One place, so that the same refusal always reads the same. */
import { formatDate, formatInstant } from '#kernel/plain-date.ts'
import { errorInVietnamese } from '#modules/calendar'
import type { ActRefusal, AnswerRefusal, CompletionRefusal, ReceptionRefusal, SubmissionRefusal } from '#modules/dossier'
import type { UploadRefusal } from '#modules/documents'
import { stepLabel } from '#modules/process'
import { statusTitle, stepTitle } from '#modules/dossier'
import { formatSize } from './ui/index.ts'

export const receptionRefusal = (refusal: ReceptionRefusal): string => {
  switch (refusal.code) {
    case 'procedure-unknown':
      return `Không có thủ tục mã ${refusal.procedureCode}. Hãy tìm lại theo tên.`
    case 'revision-replaced':
      return 'Thủ tục vừa được công bố lại trong lúc bạn đang nhập. Hãy xem lại giấy tờ phải nộp rồi bấm tiếp nhận lần nữa.'
    case 'no-such-row':
      return 'Cách nộp đã chọn không có trong thủ tục này. Hãy chọn lại.'
    case 'row-not-settled':
      return 'Thời hạn của cách nộp này chưa được xác định nên chưa hẹn ngày trả được. Chọn cách nộp khác, hoặc đề nghị người quản trị xác định.'
    case 'row-without-limit':
      return 'Pháp luật không quy định thời hạn cho cách nộp này nên chưa hẹn ngày trả được. Chọn cách nộp khác.'
    case 'not-offered':
      return `Quầy này không nhận thủ tục đó: ${refusal.reason}.`
    case 'paper-not-published':
      return 'Có giấy tờ không nằm trong danh mục đã công bố. Chỉ được yêu cầu giấy tờ trong danh mục.'
    case 'paper-twice':
      return 'Một giấy tờ được đánh dấu hai lần. Hãy bỏ bớt.'
    case 'address-missing':
      return 'Ghi địa chỉ để bưu chính chuyển kết quả.'
    case 'no-due-date':
      return `Chưa tính được ngày hẹn: ${errorInVietnamese(refusal.error)}`
    case 'upload-gone':
      return 'Có tệp đã quá hạn lưu tạm hoặc đã dùng cho hồ sơ khác. Hãy đính kèm lại tệp đó; các phần khác vẫn còn nguyên.'
  }
}

/** To the citizen who files. */
export const submissionRefusal = (refusal: SubmissionRefusal): string => {
  switch (refusal.code) {
    case 'revision-replaced':
      return 'Thủ tục vừa được công bố lại trong lúc bạn đang khai. Hãy xem lại giấy tờ và thời hạn rồi nộp lần nữa; những gì đã khai vẫn còn.'
    case 'not-offered':
      return `Nơi này không nhận thủ tục đó: ${refusal.reason}. Hãy chọn nơi nộp khác.`
    case 'row-not-settled':
    case 'row-without-limit':
    case 'row-not-online':
      return 'Cách nộp này chưa nhận trực tuyến được. Hãy chọn cách nộp khác, hoặc nộp tại Bộ phận Một cửa.'
    case 'form-replaced':
      return 'Mẫu tờ khai vừa được thay. Hãy mở lại bước tờ khai để khai theo mẫu mới; những gì trùng nhau vẫn còn.'
    case 'answers-wrong':
      return `Tờ khai còn ${Object.keys(refusal.errors).length} chỗ phải sửa: ${Object.values(refusal.errors)[0] ?? ''} Hãy mở lại bước tờ khai.`
    case 'on-behalf-of-oneself':
      return 'Số đã ghi là số của chính bạn: hãy chọn “Cho chính tôi”.'
    case 'capacity-of-other-kind':
      return 'Tư cách nộp thay chưa hợp với người, tổ chức đã chọn. Hãy chọn lại.'
    case 'authorisation-missing':
      return 'Đính kèm văn bản ủy quyền hoặc giấy giới thiệu.'
    default:
      return receptionRefusal(refusal)
  }
}

export const completionRefusal = (refusal: CompletionRefusal): string => {
  switch (refusal.code) {
    case 'form-replaced':
    case 'answers-wrong':
      return submissionRefusal(refusal)
    case 'paper-not-published':
      return receptionRefusal(refusal)
    default:
      return actRefusal(refusal)
  }
}

/** To whoever answers what was asked in examination. */
export const answerRefusal = (refusal: AnswerRefusal): string => {
  switch (refusal.code) {
    case 'answers-wrong':
      return Object.values(refusal.errors).join(' ')
    case 'nothing-asked':
      return 'Hồ sơ này không còn nội dung nào phải bổ sung.'
    default:
      return actRefusal(refusal)
  }
}

/** The desk that receives what was submitted: both rules may refuse. */
export const acceptanceRefusal = (refusal: ActRefusal | ReceptionRefusal): string => (isReceptionRefusal(refusal) ? receptionRefusal(refusal) : actRefusal(refusal))

const RECEPTION_ONLY: ReadonlySet<string> = new Set(['procedure-unknown', 'revision-replaced', 'no-such-row', 'row-not-settled', 'row-without-limit', 'not-offered', 'paper-not-published', 'paper-twice', 'address-missing', 'no-due-date'])
const isReceptionRefusal = (refusal: ActRefusal | ReceptionRefusal): refusal is Exclude<ReceptionRefusal, { code: 'upload-gone' }> => RECEPTION_ONLY.has(refusal.code)

const CLOSED = { answered: 'Đơn vị đã trả lời', lapsed: 'Đã hết hạn trả lời', recalled: 'Nơi hỏi đã thu hồi câu hỏi', ended: 'Hồ sơ đã kết thúc' } as const

export const actRefusal = (refusal: ActRefusal): string => {
  switch (refusal.code) {
    case 'wrong-status':
      return `Hồ sơ đang ở tình trạng “${statusTitle(refusal.status)}” nên không làm việc này được.`
    case 'wrong-step':
      return `Hồ sơ đang ở bước “${stepTitle(refusal.step)}”, việc này thuộc bước khác.`
    case 'held-by-other':
      return 'Hồ sơ đang do người khác thụ lý. Người đó, hoặc lãnh đạo phòng khi phân công lại, mới chuyển được.'
    case 'not-taken':
      return 'Chưa có ai nhận thụ lý hồ sơ này. Bấm “Nhận xử lý” trước.'
    case 'no-way-back':
      return refusal.possible.length === 0 ? 'Không có bước nào trước đó để trả lại.' : `Chỉ trả lại được về: ${refusal.possible.map((step) => stepLabel(step)).join(', ')}.`
    case 'assignee-not-in-unit':
      return 'Người được chọn không thuộc phòng đang xử lý hồ sơ. Hãy chọn người trong phòng.'
    case 'nobody-to-assign':
      return 'Không có ai trong phòng đang có mặt để nhận. Hãy chọn đích danh một người.'
    case 'already-assigned':
      return 'Hồ sơ đang do chính người đó thụ lý.'
    case 'only-by-itself':
      return 'Việc này do hệ thống tự ghi nhận khi hết hạn, không ai phải bấm.'
    case 'not-applicant':
      return 'Chỉ người đã nộp hồ sơ mới bổ sung được.'
    case 'completion-asked-before':
      return `Đã yêu cầu hoàn thiện hồ sơ một lần (${formatInstant(refusal.at)}). Chỉ được yêu cầu một lần: hãy tiếp nhận, hoặc từ chối có nêu lý do.`
    case 'until-in-past':
      return `Ngày ${formatDate(refusal.until)} đã qua. Hãy chọn ngày hôm nay hoặc sau đó.`
    case 'numbered-already':
      return `Kết quả đã được cấp số ${refusal.number}.`
    case 'numbered-otherwise':
      return `Kết quả đã được cấp số ${refusal.number} ngày ${formatDate(refusal.issuedOn)}; không ghi số hoặc ngày khác được.`
    case 'issued-in-future':
      return `Ngày ký ${formatDate(refusal.issuedOn)} còn ở phía trước. Hãy ghi ngày hôm nay hoặc trước đó.`
    case 'issued-before-received':
      return `Ngày ký phải từ ngày tiếp nhận hồ sơ (${formatDate(refusal.receivedOn)}) trở đi.`
    case 'result-without-file':
      return 'Kết quả này không có bản điện tử nên không trả qua tài khoản được. Trả tại quầy hoặc gửi bưu chính.'
    case 'delivered-otherwise':
      return 'Kết quả này được trả tại quầy hoặc qua bưu chính, không nhận qua tài khoản.'
    case 'applicant-without-account':
      return 'Người yêu cầu chưa có tài khoản đã đối chiếu căn cước nên không nhận được bản điện tử. Đối chiếu tại quầy trước, hoặc trả giấy, hoặc gửi bưu chính.'
    case 'extended-already':
      return `Đã hẹn lại ${refusal.most} lần${refusal.at === null ? '' : ` (${formatInstant(refusal.at)})`}: không hẹn lại nữa. Hồ sơ trễ hẹn thì gửi thư xin lỗi.`
    case 'past-due':
      return `Đã qua ngày hẹn ${formatInstant(refusal.dueAt)} nên không hẹn lại được nữa. Hãy gửi thư xin lỗi và trả kết quả sớm nhất.`
    case 'clock-stands':
      return 'Hồ sơ đang chờ, thời hạn tạm dừng nên chưa có ngày hẹn để hẹn lại. Khi xử lý tiếp, ngày hẹn được tính lại.'
    case 'not-a-working-day':
      return `Ngày ${formatDate(refusal.dueOn)} cơ quan nghỉ. Ngày làm việc tiếp theo là ${formatDate(refusal.next)}.`
    case 'date-not-later':
      return `Ngày hẹn mới phải sau ngày hẹn cũ ${formatDate(refusal.dueOn)}.`
    case 'date-too-far':
      return `Ngày hẹn mới muộn nhất là ${formatDate(refusal.most)}.`
    case 'no-apology-draft':
      return 'Không còn thư nào chờ ký cho hồ sơ này.'
    case 'no-apology-owed':
      return 'Hồ sơ chưa quá hạn và không bị từ chối giải quyết nên chưa cần thư này.'
    case 'apologised-already':
      return `Đã gửi thư số ${refusal.number} lúc ${formatInstant(refusal.at)}.`
    case 'no-due-date':
      return `Chưa tính được ngày hẹn mới: ${errorInVietnamese(refusal.error)}`
    case 'proposal-waiting':
      return `Đề xuất bổ sung gửi lúc ${formatInstant(refusal.at)} đang chờ lãnh đạo duyệt. Chờ duyệt, hoặc đề nghị lãnh đạo trả lại đề xuất.`
    case 'no-proposal':
      return 'Không còn đề xuất bổ sung nào chờ duyệt. Hãy xem lại hồ sơ.'
    case 'new-fact-needed':
      return `Đã yêu cầu bổ sung một lần (${formatInstant(refusal.at)}). Muốn yêu cầu thêm phải ghi tình tiết mới phát sinh, và do người ký duyệt.`
    case 'signer-needed':
      return 'Yêu cầu bổ sung này phải do người có thẩm quyền ký duyệt.'
    case 'place-twice':
      return `Nội dung thứ ${refusal.n} trùng với một nội dung đã nêu. Hãy gộp lại.`
    case 'place-unknown':
      return `Nội dung thứ ${refusal.n} không có trong hồ sơ này. Hãy chọn lại.`
    case 'not-asked-for':
      return `“${refusal.title}” không nằm trong nội dung được yêu cầu bổ sung. Chỉ sửa những nội dung đã nêu trong phiếu.`
    case 'items-unanswered':
      return `Còn nội dung chưa bổ sung: ${refusal.items.map((i) => i.place.title).join('; ')}. Hãy bổ sung, hoặc ghi giải trình ở ô cuối trang.`
    case 'supplement-still-open':
      return `Người nộp còn được bổ sung đến hết ngày ${formatDate(refusal.until)}.`
    case 'supplement-lapsed-before':
      return `Đã ghi nhận quá hạn bổ sung lúc ${formatInstant(refusal.at)}.`
    case 'supplement-not-lapsed':
      return `Người nộp còn được bổ sung đến hết ngày ${formatDate(refusal.until)}. Sau ngày đó mới dừng giải quyết được.`
    case 'notice-in-future':
      return `Ngày thông báo ${formatDate(refusal.noticeOn)} còn ở phía trước. Hãy ghi ngày hôm nay hoặc trước đó.`
    case 'due-before-notice':
      return `Hạn nộp ${formatDate(refusal.dueOn)} sớm hơn ngày thông báo. Hãy ghi lại.`
    case 'paid-in-future':
      return `Ngày nộp ${formatDate(refusal.paidOn)} còn ở phía trước. Hãy ghi ngày hôm nay hoặc trước đó.`
    case 'paid-before-notice':
      return `Ngày nộp phải từ ngày thông báo (${formatDate(refusal.noticeOn)}) trở đi.`
    case 'consulted-itself':
      return 'Phòng đang xử lý hồ sơ không tự lấy ý kiến mình. Hãy chọn đơn vị khác.'
    case 'consulted-twice':
      return 'Một đơn vị được chọn hai lần. Hãy bỏ bớt.'
    case 'consulted-already':
      return `Có đơn vị đã được hỏi và còn hạn trả lời đến ${formatInstant(refusal.dueAt)}. Chờ trả lời, hoặc thu hồi câu hỏi trước rồi hỏi lại.`
    case 'consulted-unit-unknown':
      return 'Có đơn vị không còn hoạt động. Hãy chọn lại.'
    case 'no-consultation':
      return 'Không có câu hỏi lấy ý kiến nào đang chờ trả lời.'
    case 'consultation-closed':
      return `${CLOSED[refusal.how]}${refusal.at === null ? '' : ` (${formatInstant(refusal.at)})`}. Câu hỏi này không nhận trả lời nữa.`
    case 'opinion-missing':
      return 'Ghi nội dung ý kiến: điều kiện, lý do không đồng ý, hoặc vì sao không có ý kiến.'
    case 'consultations-open':
      return refusal.held
        ? `Còn ${refusal.open} đơn vị chưa trả lời lấy ý kiến, hạn đến ${formatInstant(refusal.until)}. Thủ tục này phải chờ đủ ý kiến: hết hạn thì hệ thống tự ghi nhận.`
        : `Còn ${refusal.open} đơn vị chưa trả lời lấy ý kiến, hạn đến ${formatInstant(refusal.until)}. Mở hồ sơ, đánh dấu “Vẫn chuyển khi chưa đủ ý kiến” nếu cần chuyển ngay.`
    case 'no-inspection-planned':
      return 'Chưa có lịch kiểm tra thực địa nào. Hãy hẹn trước.'
    case 'no-inspection-record':
      return 'Chưa có biên bản kiểm tra nào chờ ký. Hãy lập biên bản trước.'
    case 'inspection-unsigned':
      return `Biên bản lập lúc ${formatInstant(refusal.at)} chưa ký. Ký biên bản đó trước khi hẹn lần khác.`
    case 'appointment-in-past':
      return `Lúc ${formatInstant(refusal.at)} đã qua. Hãy hẹn một lúc sau bây giờ.`
    case 'visit-in-future':
      return `Lúc kết thúc ${formatInstant(refusal.at)} còn ở phía trước. Biên bản chỉ lập khi kiểm tra xong.`
    case 'visit-ends-before':
      return `Lúc kết thúc phải sau lúc bắt đầu (${formatInstant(refusal.at)}).`
    case 'evidence-missing':
      return 'Rút hồ sơ tại quầy phải có đơn của người nộp. Hãy ghi số, ngày của đơn.'
    case 'attempt-unknown':
      return 'Không có hồ sơ mang mã đó của người này. Hãy xem lại mã.'
    case 'attempt-itself':
      return 'Đó là chính hồ sơ này. Hãy chọn một lần nộp trước.'
    case 'attempt-later':
      return `Lần đó nộp sau hồ sơ này (${formatInstant(refusal.filedAt)}). Hãy mở hồ sơ nộp sau và nối từ đó.`
    case 'attempt-linked-before':
      return 'Lần đó đã được nối vào hành trình này rồi.'
    case 'nothing-linked':
      return 'Hồ sơ này chưa nối với lần nộp trước nào.'
    case 'nothing-corrected':
      return 'Giá trị mới giống giá trị cũ: không có gì để đính chính.'
    case 'address-missing':
      return 'Ghi địa chỉ để bưu chính chuyển kết quả.'
    case 'number-busy':
      return 'Sổ cấp số đang bận: có người vừa lấy số này. Hãy gửi lại; chưa có gì được ghi nhận.'
    case 'template-unknown':
      return 'Mẫu này không dùng cho hồ sơ. Hãy tải bản đã ký lên.'
    case 'other-kind':
      return 'Mẫu của kết quả cũ không dùng cho loại kết quả đã chọn. Hãy tải bản đã ký lên.'
    case 'fields-missing':
      return `Còn chỗ chưa điền trong mẫu: ${refusal.labels.join(', ')}.`
    case 'other-applicant-unapproved':
      return 'Hồ sơ nộp từ tài khoản đã xác thực: đổi người nộp phải do lãnh đạo phòng hoặc người ký duyệt. Giữ số cũ thì sửa được các phần khác.'
    case 'received-in-future':
      return `Thời điểm ${formatInstant(refusal.receivedAt)} còn ở phía trước. Hãy ghi lúc hồ sơ thực sự được nhận.`
    case 'received-before-filed':
      return `Hồ sơ được nộp trực tuyến lúc ${formatInstant(refusal.submittedAt)}; không thể tiếp nhận trước đó.`
    case 'other-regime':
      return `Ngày ${formatInstant(refusal.receivedAt)} theo quy định khác về biểu mẫu và quy trình nên không đính chính về ngày đó được.`
    case 'number-of-the-old':
      return `Số ${refusal.number} đã dùng cho kết quả cũ. Bản thay thế có số riêng.`
    case 'issued-before-replaced':
      return `Ngày ký phải từ ngày ký bản cũ (${formatDate(refusal.issuedOn)}) trở đi.`
    case 'no-result':
      return 'Hồ sơ chưa có kết quả nào để thay. Hãy mở lại hồ sơ.'
    case 'upload-gone':
      return 'Tệp kết quả đã quá hạn lưu tạm. Hãy đính kèm lại.'
  }
}

export const uploadRefusal = (refusal: UploadRefusal): string => {
  switch (refusal.code) {
    case 'empty':
      return `Tệp “${refusal.name}” không có nội dung.`
    case 'too-large':
      return `Tệp “${refusal.name}” lớn quá ${formatSize(refusal.maxBytes)}.`
    case 'wrong-type':
      return `Tệp “${refusal.name}” không thuộc loại được nhận (PDF, JPG, PNG, DOCX, XLSX).`
    case 'damaged':
      return `Tệp “${refusal.name}” bị hỏng hoặc thiếu phần cuối. Hãy quét hoặc tải lại.`
    case 'cut-short':
      return `Tệp “${refusal.name}” bị đứt giữa chừng. Hãy gửi lại.`
    case 'too-much-waiting':
      return `Đang có quá nhiều tệp chờ dùng (trên ${formatSize(refusal.maxBytes)}). Hãy hoàn tất hồ sơ trước đó rồi gửi tiếp.`
    case 'wrong-offset':
      return 'Tệp gửi không liền mạch. Hãy gửi lại tệp này.'
  }
}
