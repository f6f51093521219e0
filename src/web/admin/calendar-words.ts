/** The calendar in the administration's words. */
import { formatDate } from '#kernel/plain-date.ts'
import type { CalendarDayRefusal, CalendarEvent, DayKind, OfficeHours, OfficeHoursRefusal } from '#modules/calendar'
import type { FieldWords } from '../field-errors.ts'

export const KIND_NAMES: Readonly<Record<DayKind, string>> = {
  holiday: 'Nghỉ lễ, tết',
  compensatory: 'Nghỉ bù',
  'swapped-off': 'Nghỉ hoán đổi',
  'swapped-workday': 'Làm bù',
}

export const STATUS_NAMES = { announced: 'Đã công bố', projected: 'Dự kiến' } as const

export const DAY_WORDS: FieldWords = {
  date: { field: 'date', say: 'Chọn một ngày có trong lịch.' },
  kind: { field: 'kind', say: 'Chọn loại ngày.' },
  name: { field: 'name', say: 'Ghi tên ngày, ví dụ “Ngày Văn hóa Việt Nam”.' },
  source: { field: 'source', say: 'Ghi văn bản làm căn cứ.' },
  status: { field: 'status', say: 'Chọn đã công bố hay dự kiến.' },
  pair: { field: 'pair', say: 'Chọn ngày hoán đổi có trong lịch, hoặc để trống.' },
  note: { field: 'note', say: 'Ghi chú dài quá 500 chữ.' },
  reason: { field: 'reason', say: 'Ghi lý do bỏ ngày này.' },
}

export const HOURS_WORDS: FieldWords = {
  agencyId: { field: 'agencyId', say: 'Chọn cơ quan.' },
  sessions: { field: 'morningOpens', say: 'Ghi giờ dạng 07:30; giờ đóng cửa phải sau giờ mở cửa, buổi chiều phải sau buổi sáng.' },
  validFrom: { field: 'validFrom', say: 'Chọn ngày bắt đầu áp dụng.' },
  validTo: { field: 'validTo', say: 'Chọn ngày có trong lịch, hoặc để trống.' },
  season: { field: 'seasonFrom', say: 'Ghi mùa dạng 15/04, cả ngày đầu và ngày cuối, hoặc để trống cả hai.' },
}

/** The field that a refusal belongs to, and the sentence that says what is possible. */
export const dayRefusal = (refusal: CalendarDayRefusal): readonly [field: string, sentence: string] => {
  switch (refusal.code) {
    case 'before-calendar':
      return ['date', 'Lịch bắt đầu từ 01/01/2020.']
    case 'already-working':
      return ['kind', 'Ngày này vốn là ngày làm việc. Ngày làm bù phải là thứ Bảy hoặc Chủ nhật.']
    case 'already-free':
      return ['kind', 'Thứ Bảy, Chủ nhật vốn đã nghỉ. Ngày nghỉ bù hoặc hoán đổi phải là ngày trong tuần.']
    case 'bad-pair':
      return ['pair', 'Chỉ ngày nghỉ hoán đổi và ngày làm bù mới có ngày đi đôi, và phải là một ngày khác.']
    case 'nothing-changed':
      return ['', 'Ngày này đã ghi đúng như vậy, không có gì để thay đổi.']
    case 'no-such-day':
      return ['', `Ngày ${formatDate(refusal.date)} không có trong lịch nữa; có thể người khác vừa bỏ.`]
  }
}

export const hoursRefusal = (refusal: OfficeHoursRefusal): readonly [field: string, sentence: string] => {
  switch (refusal.code) {
    case 'ends-before-it-begins':
      return ['validTo', 'Ngày thôi áp dụng phải từ ngày bắt đầu trở đi.']
    case 'no-such-hours':
      return ['', 'Giờ làm việc này không còn. Hãy mở lại trang lịch.']
  }
}

export const sessionsText = (hours: Pick<OfficeHours, 'sessions'>): string => hours.sessions.map((s) => `${s.opens}–${s.closes}`).join(' và ')

/** `15/04 – 15/10`; `cả năm` */
export const seasonText = ({ season }: Pick<OfficeHours, 'season'>): string => (season === null ? 'cả năm' : `${dayMonth(season.from)} – ${dayMonth(season.to)}`)
/** `04-15` → `15/04` */
export const dayMonth = (text: string): string => `${text.slice(3, 5)}/${text.slice(0, 2)}`

/** Names of swapped days carry the other date in ISO form: `làm bù 2026-01-10` → `làm bù 10/01/2026`. */
export const readableName = (name: string): string => name.replace(/(\d{4})-(\d{2})-(\d{2})/g, '$3/$2/$1')

export const changeText = (event: CalendarEvent): string => {
  switch (event.type) {
    case 'calendar.day-set':
      return `Ghi ngày ${formatDate(event.data.day.date)}: ${KIND_NAMES[event.data.day.kind].toLowerCase()}, ${readableName(event.data.day.name)} (${event.data.day.source})`
    case 'calendar.day-removed':
      return `Bỏ ngày ${formatDate(event.data.date)} khỏi lịch: ${event.data.reason}`
    case 'calendar.office-hours-set':
      return `Ghi giờ làm việc ${sessionsText(event.data.hours)}, từ ${formatDate(event.data.hours.validFrom)}${event.data.hours.validTo === null ? '' : ` đến ${formatDate(event.data.hours.validTo)}`}`
  }
}
