/** Old beside new: what a correction changed, in the history of a dossier. */
import type { Changed, ChangedField } from '#modules/dossier'

const FIELD_WORDS: Readonly<Record<ChangedField, string>> = {
  name: 'Họ tên', personalNumber: 'Số định danh', phone: 'Điện thoại', address: 'Nơi cư trú', email: 'Thư điện tử', delivery: 'Nhận kết quả', deliveryAddress: 'Địa chỉ nhận',
  procedure: 'Thủ tục', methodRow: 'Cách nộp', limit: 'Thời hạn', due: 'Hẹn trả', countedDue: 'Hẹn để tính lần kết thúc đầu', received: 'Tiếp nhận', amount: 'Số tiền', noticeNumber: 'Số thông báo', noticeOn: 'Ngày thông báo',
  dueOn: 'Hạn nộp', resultKind: 'Kết quả', title: 'Tên văn bản', number: 'Số', issuedOn: 'Ngày ký',
}

export const ChangedEntries = (props: { readonly changes: readonly Changed[] }) => (
  <div>
    {props.changes.map(({ field, before, after }) => (
      <div>
        {FIELD_WORDS[field]}: <del>{before ?? 'để trống'}</del> → <ins>{after ?? 'để trống'}</ins>
      </div>
    ))}
  </div>
)
