/** A permit to fly kites: the one fictional, complete procedure that tests are told by. Code 1.999001, three working days at every channel. */
import type { SourceLine } from '#modules/catalogue'

type Fields = Record<string, unknown>

const fee = { items: [{ type: 'le-phi', amount_vnd: 20_000, note: null }], free: false }

export const kiteMethod = (change: Fields = {}): Fields => ({
  channel: 'in-person',
  time_limit: { amount: 3, unit: 'working-day' },
  time_limit_raw: '3 Ngày làm việc',
  fee,
  fee_raw: 'Lệ phí: 20.000 đồng',
  description: null,
  ...change,
})

/** The record as a catalogue file holds it; `change` replaces whole fields. */
export const kiteRecord = (change: Fields = {}): Fields => ({
  code: '1.999001',
  name: 'Cấp giấy phép thả diều',
  decision_no: '1/QĐ-DIỀU',
  levels: ['commune'],
  levels_raw: 'Cấp xã',
  procedure_type: 'TTHC được luật giao quy định chi tiết',
  field: 'Diều sáo',
  publisher: 'Bộ Tư pháp',
  subjects: ['Công dân Việt Nam', 'Tổ chức (không bao gồm doanh nghiệp', 'HTX)'],
  executing_agency: 'Ủy ban nhân dân cấp xã',
  competent_agency: null,
  delegated_agency: null,
  coordinating_agency: null,
  receiving_address: null,
  steps: [
    { order: 1, text: '- Người thả diều nộp hồ sơ tại bộ phận một cửa.' },
    { order: 2, text: '- Công chức xem gió và ra giấy phép trong 03 ngày làm việc.' },
  ],
  methods: [kiteMethod(), kiteMethod({ channel: 'online' }), kiteMethod({ channel: 'postal' })],
  components: [
    { group: 'Trường hợp thả ban ngày', name: 'Đơn đề nghị thả diều', templates: ['don-tha-dieu.docx'], originals: 1, copies: 0 },
    { group: 'Trường hợp thả ban đêm', name: 'Giấy xác nhận có đèn', templates: [], originals: 0, copies: 1 },
    { group: null, name: 'Ảnh con diều', templates: [], originals: 2, copies: 0 },
  ],
  results: [{ name: 'Giấy phép thả diều', code: null }],
  legal_bases: [{ number: '1/2020/NĐ-DIỀU', title: 'Nghị định về diều sáo', issued_on: null, issuer: null }],
  conditions: 'Không thả diều dưới đường dây điện.',
  related: null,
  keywords: null,
  description: null,
  detail_url: null,
  raw: null,
  flags: [],
  provenance: null,
  ...change,
})

/** Lines of one catalogue file, as the import reads them: records are written as JSON, texts and bytes as they are. */
export async function* catalogueLines(lines: readonly (Fields | string | Uint8Array)[], file = 'kites.jsonl'): AsyncGenerator<SourceLine> {
  for (const [i, line] of lines.entries()) {
    yield { file, line: i + 1, bytes: line instanceof Uint8Array ? line : Buffer.from(typeof line === 'string' ? line : JSON.stringify(line)) }
  }
}
