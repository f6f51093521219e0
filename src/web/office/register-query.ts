/** The filters of register, search and board links as an address, both ways. Words that may be personal stand in it sealed (`s`). */
import { isUuid } from '#kernel/ids.ts'
import { isPlainDate } from '#kernel/plain-date.ts'
import { openWords, sealWords } from '#modules/access'
import { LATENESS, type Lateness, type RegisterFilter, statusTitle } from '#modules/dossier'
import type { Ctx } from '#platform/ctx.ts'

export type RegisterStatus = NonNullable<RegisterFilter['status']>

export const STATUS_CHOICES: readonly { readonly value: RegisterStatus; readonly label: string }[] = [
  { value: 'open', label: 'Đang giải quyết' },
  { value: 'done', label: 'Đã kết thúc' },
  ...(['submitted', 'awaiting-completion', 'received', 'processing', 'finished', 'returned', 'refused'] as const).map((value) => ({ value, label: statusTitle(value) })),
]

export const LATENESS_WORDS: Readonly<Record<Lateness | 'was-late' | 'was-late-by-law', string>> = {
  late: 'Quá hạn',
  today: 'Đến hạn hôm nay',
  soon: 'Còn 1–3 ngày',
  later: 'Còn hơn 3 ngày',
  paused: 'Tạm dừng',
  intake: 'Chờ tiếp nhận',
  ready: 'Chờ trả kết quả',
  'was-late': 'Đã xong, trễ hạn',
  'was-late-by-law': 'Đã xong, trễ hạn gốc (không kể thư hẹn lại)',
}

export const CHANNEL_WORDS = { counter: 'Tại quầy', online: 'Trực tuyến', postal: 'Bưu chính' } as const

/** In the order of the address. `q` is what the form sends; the address has `s` in its stead. */
export const PARAMETERS = ['don-vi', 'tu', 'den', 'thu-tuc', 'tinh-trang', 'han', 'buoc', 'kenh', 'can-bo'] as const
export type Parameter = (typeof PARAMETERS)[number]

const among = <T extends string>(list: readonly T[], value: string | undefined): T | undefined => list.find((v) => v === value)
const withValue = <K extends string, T>(key: K, value: T | undefined): { readonly [P in K]?: T } => (value === undefined ? {} : ({ [key]: value } as { readonly [P in K]?: T }))

/** What the address asks for. A value that cannot be right counts as not asked: filters never fail. */
export const registerFilter = (ctx: Ctx, get: (name: string) => string | undefined): RegisterFilter => {
  const day = (name: string) => ((value) => (value !== undefined && isPlainDate(value) ? value : undefined))(get(name))
  const id = (name: string) => ((value) => (value !== undefined && isUuid(value) ? value : undefined))(get(name))
  const step = /^[a-z]{4,10}$/.exec(get('buoc') ?? '')?.[0].toUpperCase()
  const status = among(STATUS_CHOICES.map((c) => c.value), get('tinh-trang'))
  const lateness = among([...LATENESS, 'was-late', 'was-late-by-law'] as const, get('han'))
  const sealed = get('s')
  return {
    ...withValue('unitId', id('don-vi')),
    ...withValue('from', day('tu')),
    ...withValue('to', day('den')),
    ...withValue('procedureCode', /^\d\.\d{6}$/.exec(get('thu-tuc') ?? '')?.[0]),
    ...withValue('status', status),
    ...withValue('lateness', lateness),
    ...withValue('step', step),
    ...withValue('channel', among(['counter', 'online', 'postal'] as const, get('kenh'))),
    ...withValue('officer', get('can-bo') === 'none' ? ('none' as const) : id('can-bo')),
    ...withValue('text', sealed === undefined ? undefined : openWords(ctx, sealed)),
    ...withValue('after', id('sau')),
  }
}

/** The register proper leaves out what was never received, unless one of the filters speaks of it. */
export const asRegister = (filter: RegisterFilter): RegisterFilter =>
  filter.status === undefined && filter.lateness === undefined && filter.step === undefined ? { ...filter, receivedOnly: true } : filter

/** The address of a list, from what a form or a link names. */
export const registerHref = (path: string, values: Readonly<Partial<Record<Parameter | 's' | 'sau', string | undefined>>>): string => {
  const params = new URLSearchParams()
  for (const name of [...PARAMETERS, 's', 'sau'] as const) {
    const value = values[name]
    if (value !== undefined && value !== '') params.set(name, value)
  }
  const query = params.toString()
  return query === '' ? path : `${path}?${query}`
}

/** Of a form that was sent: the typed words sealed. */
export const sentHref = (ctx: Ctx, path: string, get: (name: string) => string): string => {
  const q = get('q').slice(0, 200)
  return registerHref(path, { ...Object.fromEntries(PARAMETERS.map((name) => [name, get(name)])), s: q === '' ? '' : sealWords(ctx, q) })
}
