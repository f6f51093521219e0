/** `/_ui`, under `npm run dev` only: every component in every state, to be looked at after each change. */
import type { Child } from 'hono/jsx'
import { instant } from '#kernel/plain-date.ts'
import { type Req, type Route, type View, html } from '../http.ts'
import {
  Actions,
  Badge,
  BarChart,
  BigDate,
  Breadcrumb,
  Button,
  ButtonLink,
  Card,
  CommandPalette,
  Checkbox,
  CheckboxGroup,
  Combobox,
  DateField,
  DeadlineBadge,
  Dialog,
  Empty,
  Field,
  ErrorSummary,
  FileDrop,
  Form,
  HeatChart,
  KeyValue,
  LineChart,
  Meter,
  Notice,
  OpenDialog,
  Page,
  PageHead,
  Pager,
  PrintSheet,
  RadioGroup,
  Select,
  StatCard,
  Steps,
  Table,
  Tabs,
  TextArea,
  TextField,
  Timeline,
  Toast,
  Why,
} from './index.ts'

const at = (text: string) => instant(Date.parse(text))
const NOW = at('2026-11-23T10:00:00+07:00')

const Section = (props: { readonly title: string; readonly children?: Child }) => (
  <section>
    <h2>{props.title}</h2>
    {props.children}
  </section>
)

const EXPLANATION = [
  { from: at('2026-11-20T15:42:00+07:00'), to: at('2026-11-21T00:00:00+07:00'), counted: 0, unit: 'working-day', reason: 'start-day', rule: 'C5' },
  { from: at('2026-11-21T00:00:00+07:00'), to: at('2026-11-23T00:00:00+07:00'), counted: 0, unit: 'working-day', reason: 'weekend', rule: 'C2' },
  { from: at('2026-11-23T00:00:00+07:00'), to: at('2026-11-24T00:00:00+07:00'), counted: 1, unit: 'working-day', reason: 'working-day', rule: 'C5' },
  { from: at('2026-11-24T00:00:00+07:00'), to: at('2026-11-25T00:00:00+07:00'), counted: 0, unit: 'working-day', reason: 'holiday', rule: 'C2', name: 'Ngày Văn hóa Việt Nam' },
  { from: at('2026-11-25T00:00:00+07:00'), to: at('2026-11-26T17:30:00+07:00'), counted: 2, unit: 'working-day', reason: 'working-day', rule: 'C5' },
] as const

const Fields = (props: { readonly view: View }) => (
  <Form view={props.view} action="/_ui">
    <ErrorSummary errors={{ phone: 'Số điện thoại gồm 10 chữ số, bắt đầu bằng 0.', purpose: 'Chọn mục đích sử dụng.' }} />
    <TextField name="name" label="Họ và tên" value="Nguyễn Đăng Khoa" autocomplete="name" />
    <TextField name="phone" label="Số điện thoại" value="0905 21" inputmode="tel" error="Số điện thoại gồm 10 chữ số, bắt đầu bằng 0." hint="Để nhắn khi có kết quả." />
    <TextField name="email" label="Thư điện tử" type="email" optional />
    <DateField name="born" label="Ngày sinh" value="1990-03-14" />
    <Select name="ward" label="Nơi nhận kết quả" value="1" options={[{ value: '1', label: 'Tại quầy' }, { value: '2', label: 'Qua bưu chính' }]} kbd="4" />
    <RadioGroup
      name="purpose"
      label="Mục đích sử dụng"
      error="Chọn mục đích sử dụng."
      options={[
        { value: 'marry', label: 'Đăng ký kết hôn', hint: 'Ghi rõ họ tên người định kết hôn' },
        { value: 'other', label: 'Mục đích khác' },
      ]}
    />
    <CheckboxGroup name="papers" label="Giấy tờ có sẵn" optional inline values={['cc']} options={[{ value: 'cc', label: 'Căn cước' }, { value: 'tt', label: 'Giấy thông hành' }]} />
    <Checkbox name="agree" label="Tôi chịu trách nhiệm về lời khai này" checked />
    <Combobox name="procedure" label="Thủ tục" kbd="1" options={[{ value: '1.004873', label: 'Xác nhận tình trạng hôn nhân' }]} hint="Gõ tên hay mã, không dấu cũng được." />
    <Field name="share" label="Tỷ lệ" hint="Ô nhập tự đặt trong Field">
      <input class="input short" type="range" id="share" name="share" aria-describedby="share-hint" />
    </Field>
    <TextArea name="note" label="Ghi chú" optional />
    <FileDrop name="files" label="Tệp đính kèm" optional hint="PDF, JPG, PNG, tối đa 20 MB mỗi tệp" kept={[{ id: 'a', name: 'to-khai.pdf', size: 1_420_000 }]} />
    <Actions>
      <Button kbd="Enter">Tiếp nhận và in phiếu</Button>
      <Button kind="quiet" type="button">
        Lưu nháp
      </Button>
      <Button kind="danger" type="button">
        Từ chối
      </Button>
      <Button disabled>Đang gửi</Button>
    </Actions>
  </Form>
)

const ROWS = [
  { code: 'H57.12-20261118-0000031', name: 'Đăng ký thường trú', who: 'Phan Thị Diễm', due: at('2026-11-23T07:00:00+07:00') },
  { code: 'H57.12-20261123-0000004', name: 'Chứng thực bản sao từ bản chính', who: 'Công ty TNHH Hương Giang', due: at('2026-11-23T11:30:00+07:00') },
  { code: 'H57.12-20261120-0000051', name: 'Đăng ký lại khai sinh', who: 'Tôn Nữ Quỳnh Như', due: at('2026-11-25T11:30:00+07:00') },
]
const COLUMNS = [
  { key: 'due', head: 'Hạn bước này', cell: (r: (typeof ROWS)[number]) => <DeadlineBadge dueAt={r.due} now={NOW} />, sort: { href: '#', dir: 'asc' as const } },
  { key: 'code', head: 'Mã hồ sơ', cell: (r: (typeof ROWS)[number]) => <a href="#x" class="num">{r.code}</a>, primary: true },
  { key: 'name', head: 'Thủ tục', cell: (r: (typeof ROWS)[number]) => r.name },
  { key: 'who', head: 'Người nộp', cell: (r: (typeof ROWS)[number]) => r.who, sort: { href: '#' } },
  { key: 'fee', head: 'Lệ phí', cell: () => '15.000 đ', numeric: true },
]

const Lists = () => (
  <>
    <Tabs label="Danh sách" tabs={[{ href: '#', label: 'Cần làm', count: 19, current: true }, { href: '#', label: 'Chờ bổ sung', count: 3 }]} />
    <Table caption="Việc của tôi" columns={COLUMNS} rows={ROWS} rowKey={(r) => r.code} rowTone={(r) => (r.code.endsWith('31') ? 'selected' : undefined)} select={{ name: 'id', value: (r) => r.code, label: (r) => `Chọn ${r.code}` }} />
    <Table caption="Đang tải" columns={COLUMNS} rows={ROWS.slice(0, 1)} loading />
    <Table caption="Trống" columns={COLUMNS} rows={[]} empty={<p>Không còn việc nào đến hạn. Hồ sơ mới được phân công sẽ hiện ở đây.</p>} />
    <Pager page={3} pages={9} href={(n) => `?trang=${n}`} />
    <Empty>Chưa có gì ở đây.</Empty>
  </>
)

const Parts = () => (
  <>
    <p>
      <Badge tone="ok">đúng hạn</Badge> <Badge tone="soon">hôm nay</Badge> <Badge tone="late">quá 3 giờ</Badge> <Badge tone="paused">tạm dừng</Badge> <Badge>liên thông</Badge>
    </p>
    <p>
      <DeadlineBadge dueAt={at('2026-11-26T17:30:00+07:00')} now={NOW} /> <DeadlineBadge dueAt={at('2026-11-23T17:30:00+07:00')} now={NOW} />{' '}
      <DeadlineBadge dueAt={at('2026-11-20T17:30:00+07:00')} now={NOW} /> <DeadlineBadge dueAt={null} now={NOW} state="paused" pausedFrom={at('2026-11-20T08:00:00+07:00')} />{' '}
      <DeadlineBadge dueAt={null} now={NOW} state="done" /> <DeadlineBadge dueAt={null} now={NOW} state="done-late" />
    </p>
    <Steps label="Các bước" steps={[{ label: 'Thủ tục', href: '#', state: 'done' }, { label: 'Người nộp', state: 'current' }, { label: 'Giấy tờ', state: 'next' }]} />
    <div class="grid three">
      <Card tone="gold">
        <span class="soft small">Hẹn trả</span>
        <BigDate at={at('2026-11-26T17:30:00+07:00')} now={NOW} lang="vi" />
        <Meter share={0.34} label="Đã dùng 34 phần trăm thời gian" />
        <Why lines={EXPLANATION} lang="vi" open source="Thời hạn 3 ngày làm việc theo Quyết định 2228/QĐ-BTP" />
      </Card>
      <StatCard value="97,2 %" label="đúng hạn, 30 ngày qua" href="#" />
      <StatCard value="1" label="quá hạn" tone="late" />
    </div>
    <h3>Diễn biến</h3>
    <Timeline
      label="Diễn biến"
      moments={[
        { title: <b>Đã tiếp nhận</b>, detail: '20/11 16:10 · Lê Thị Hoài An, Một cửa', state: 'done' },
        { title: <b>Đang thẩm tra</b>, detail: '23/11 08:05 · hạn bước này 25/11 11:30', state: 'current' },
        { title: 'Ký duyệt', state: 'next' },
        { title: 'Trả kết quả', state: 'next' },
      ]}
    />
    <KeyValue items={[['Người yêu cầu', 'Nguyễn Đăng Khoa, sinh 14/03/1990'], ['Thường trú', '12 Lê Lợi, phường Thuận Hóa'], ['Trống', undefined]]} />
  </>
)

const Overlays = () => (
  <>
    <Notice tone="ok" title="Đã chuyển 3 hồ sơ.">
      Còn 16 việc phải làm hôm nay.
    </Notice>
    <Notice tone="late" title="Chưa chuyển được.">
      Hồ sơ chưa có số kết quả; hãy cấp số rồi chuyển.
    </Notice>
    <OpenDialog for="sample-dialog" kbd="s">
      Mở hộp thoại
    </OpenDialog>
    <Dialog id="sample-dialog" title="Trả lại bước trước">
      <TextArea name="reason" label="Lý do" />
      <Button>Trả lại</Button>
    </Dialog>
    <OpenDialog for="palette">Bảng lệnh</OpenDialog>
    <CommandPalette commands={[{ label: 'Việc của tôi', href: '/xu-ly', kbd: 'g q' }]} />
    <Toast>Bản nháp đã lưu 10:12:41</Toast>
    <PrintSheet agency="UBND PHƯỜNG THUẬN HÓA" title="Giấy tiếp nhận hồ sơ">
      <p>Nội dung in.</p>
    </PrintSheet>
  </>
)

export const GalleryPage = (props: { readonly view: View }) => (
  <Page view={props.view} title="Bộ phận giao diện" area="office" current="/xu-ly">
    <Breadcrumb items={[{ href: '/', label: 'Trang đầu' }, { label: 'Bộ phận giao diện' }]} />
    <PageHead title="Bộ phận giao diện" lead="Mọi thành phần ở mọi trạng thái" actions={<><ButtonLink href="#" kbd="f">Trình ký</ButtonLink><ButtonLink href="#" kind="quiet" kbd="s">Yêu cầu bổ sung</ButtonLink></>} />
    <Section title="Bảng và danh sách"><Lists /></Section>
    <Section title="Trạng thái, thẻ, diễn biến"><Parts /></Section>
    <Section title="Biểu mẫu"><Fields view={props.view} /></Section>
    <Section title="Thông báo, hộp thoại, bản in"><Overlays /></Section>
    <Section title="Biểu đồ">
      <BarChart title="Hồ sơ theo lĩnh vực" points={[{ label: 'Hộ tịch', value: 412 }, { label: 'Chứng thực', value: 1208 }, { label: 'Đất đai', value: 96 }]} />
      <LineChart title="Đúng hạn theo tháng" unit="%" points={[77.9, 80.1, 79.4, 82, 84.6].map((value, i) => ({ label: `T${i + 7}`, value }))} />
      <HeatChart title="Tiếp nhận theo giờ" columns={['8h', '9h', '10h', '11h']} rows={[{ label: 'Thứ Hai', values: [12, 20, 8, 3] }, { label: 'Thứ Ba', values: [4, 9, 0, 1] }]} />
    </Section>
  </Page>
)

export const galleryRoutes: readonly Route[] = [{ method: 'GET', path: '/_ui', access: 'public', devOnly: true, handle: (req: Req) => html(req, <GalleryPage view={req.view} />) }]
