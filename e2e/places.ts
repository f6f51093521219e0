/** Where each page of the route table is found in a city that lives: addresses with real ids, and who of the demo opens them. */
import type { Page } from 'playwright-core'
import type { Route } from '#web/http.ts'
import { personOf } from './people.ts'
import { receiveAt, seekApplicant } from './reception.ts'

export type Ids = {
  readonly dossier: string
  readonly applicant: string
  readonly guidance: string
  readonly unit: string
  readonly post: string
  readonly account: string
  readonly message: string
  readonly hours: string
  readonly unsettled: string
}

/** No pages: suggestions, a fragment of a page, files, where a form was sent to. */
const NO_PAGE: ReadonlySet<string> = new Set(['/mot-cua/hen-tra', '/mot-cua/truc-tuyen/:id/hen-tra', '/tai-len/:id', '/tai-len/:id/xem', '/dia-gioi/:tinh', '/tai-khoan/ho-so/:id/ket-qua/:n', '/xu-ly/ho-so/:id/thu-xin-loi/:n', '/tai-khoan/ho-so/:id/thu-xin-loi/:n', '/xu-ly/ho-so/:id/kiem-tra/:n', '/xu-ly/su-kien', '/xu-ly/nhieu-ho-so'])

/** Whether a route draws a page: no file, no list for a script. */
export const isPage = (path: string): boolean => !NO_PAGE.has(path) && !/\.(?:pdf|xlsx|json)|:tep/.test(path)

/** Pages that one person's draft or own dossier has, or a session that waits for its code: walked with axe by `online.spec.ts`, or led away from. */
export const OF_ONE_PERSON: ReadonlySet<string> = new Set([
  '/nop-ho-so/ban-nhap/:id/to-khai', '/nop-ho-so/ban-nhap/:id/giay-to', '/nop-ho-so/ban-nhap/:id/xem-lai', '/nop-ho-so/xong/:id', '/tai-khoan/ho-so/:id', '/tai-khoan/ho-so/:id/bo-sung', '/tai-khoan/ho-so/:id/bo-sung-giay-to', '/mot-cua/bo-sung/:id', '/xu-ly/ho-so/:id/de-xuat-bo-sung', '/xu-ly/ho-so/:id/lay-y-kien', '/xu-ly/ho-so/:id/kiem-tra', '/xu-ly/lay-y-kien/:id', '/dang-nhap/ma', '/dang-do/:id',
])

const MARITAL = '1.004873'

/** More than one state where a page has them; without an entry the pattern is the address. */
const ADDRESSES: Readonly<Record<string, (ids: Ids) => readonly string[]>> = {
  '/thu-tuc': () => ['/thu-tuc', '/thu-tuc?q=khai+sinh&cap=commune', '/thu-tuc?q=qqqqzzzz'],
  '/nop-ho-so/:ma': () => [`/nop-ho-so/${MARITAL}`],
  '/thu-tuc/:ma': (ids) => [`/thu-tuc/${MARITAL}`, ids.unsettled.replace('/quan-tri', '').replace(/\/quyet-dinh.*/, '')],
  '/tinh-han': () => ['/tinh-han', '/tinh-han?ngay=2026-11-23&gio=10:00&so=3&don-vi=working-day', '/tinh-han?ngay=2026-11-23&gio=10:00&so=3&don-vi=working-day&dung-ngay=2026-11-25&dung-gio=09:00'],
  '/mot-cua': (ids) => ['/mot-cua', '/mot-cua?tim-thu-tuc=khai+sinh', `/mot-cua?thu-tuc=${MARITAL}&nguoi-nop=${ids.applicant}`],
  '/mot-cua/nguoi-nop/:id/tai-khoan': (ids) => [`/mot-cua/nguoi-nop/${ids.applicant}/tai-khoan`],
  '/mot-cua/truc-tuyen': () => ['/mot-cua/truc-tuyen', '/mot-cua/truc-tuyen?tab=cho-hoan-thien'],
  '/mot-cua/truc-tuyen/:id': (ids) => [`/mot-cua/truc-tuyen/${ids.dossier}`],
  '/mot-cua/huong-dan': () => ['/mot-cua/huong-dan', `/mot-cua/huong-dan?thu-tuc=${MARITAL}`],
  '/mot-cua/huong-dan/da-lap/:id': (ids) => [`/mot-cua/huong-dan/da-lap/${ids.guidance}`],
  '/mot-cua/ho-so/:id': (ids) => [`/mot-cua/ho-so/${ids.dossier}`],
  '/mot-cua/tra-ket-qua/:id': (ids) => [`/mot-cua/tra-ket-qua/${ids.dossier}`],
  '/xu-ly': () => ['/xu-ly', '/xu-ly?tab=don-vi', '/xu-ly?han=qua-han'],
  '/xu-ly/ho-so/:id/du-thao': (ids) => [`/xu-ly/ho-so/${ids.dossier}/du-thao`, `/xu-ly/ho-so/${ids.dossier}/du-thao?mau=tep`],
  '/xu-ly/sap-han': () => ['/xu-ly/sap-han', '/xu-ly/sap-han?muc=sap-han', '/xu-ly/sap-han?muc=qua-han', '/xu-ly/sap-han?muc=bao-len'],
  '/so-theo-doi': () => ['/so-theo-doi', '/so-theo-doi?tinh-trang=open&han=late'],
  '/xu-ly/ho-so/:id/dinh-chinh': (ids) => [`/xu-ly/ho-so/${ids.dossier}/dinh-chinh`],
  '/xu-ly/ho-so/:id/dinh-chinh-thu-tuc': (ids) => [`/xu-ly/ho-so/${ids.dossier}/dinh-chinh-thu-tuc`, `/xu-ly/ho-so/${ids.dossier}/dinh-chinh-thu-tuc?tim=khai+sinh`],
  '/xu-ly/ho-so/:id': (ids) => [`/xu-ly/ho-so/${ids.dossier}`],
  '/quan-tri/mau-giay/:ma/:boCuc': () => ['/quan-tri/mau-giay/receipt/2025'],
  '/quan-tri/lich/ngay/:ngay': () => ['/quan-tri/lich/ngay/2026-09-02'],
  '/quan-tri/lich/gio/:id': (ids) => [ids.hours],
  '/quan-tri/tin-nhan': () => ['/quan-tri/tin-nhan', '/quan-tri/tin-nhan?xem=failed'],
  '/quan-tri/tin-nhan/:id': (ids) => [ids.message],
  '/quan-tri/tin-nhan/mau/:loai': () => ['/quan-tri/tin-nhan/mau/received', '/quan-tri/tin-nhan/mau/officer-digest'],
  '/quan-tri/co-quan/:donVi': (ids) => [ids.unit, ids.post],
  '/quan-tri/co-quan/:donVi/phan-cong': (ids) => [`${ids.unit}/phan-cong`],
  '/xu-ly/phan-viec': () => ['/xu-ly/phan-viec', '/xu-ly/phan-viec?nguoi=chua-ai'],
  '/quan-tri/tai-khoan/:ma': (ids) => [ids.account],
  '/quan-tri/thu-tuc': () => ['/quan-tri/thu-tuc', '/quan-tri/thu-tuc?xem=tat-ca&q=khai+sinh'],
  '/quan-tri/thu-tuc/:ma': (ids) => [`/quan-tri/thu-tuc/${MARITAL}`, ids.unsettled.replace(/\/quyet-dinh.*/, '')],
  '/quan-tri/thu-tuc/:ma/so-sanh': () => [`/quan-tri/thu-tuc/${MARITAL}/so-sanh`],
  '/quan-tri/thu-tuc/:ma/quyet-dinh/:dong': (ids) => [ids.unsettled],
}

export const addressesOf = (route: Route, ids: Ids): readonly string[] => ADDRESSES[route.path]?.(ids) ?? [route.path]

/** Found by going there: one dossier is received and passed on, the rest is read off the administrator's lists. */
export const findIds = async (desk: Page, admin: Page): Promise<Ids> => {
  const { id: dossier } = await receiveAt(desk, MARITAL, personOf('congdan10').number)
  await desk.getByRole('button', { name: /Chuyển/ }).click()
  await desk.waitForURL(/\/mot-cua$/)
  await seekApplicant(desk, '', personOf('congdan10').number)
  await desk.locator('p.chosen').waitFor()
  const applicant = new URL(desk.url()).searchParams.get('nguoi-nop') ?? ''
  await desk.goto('/mot-cua/huong-dan')
  await desk.locator('[name=ho-ten]').fill(personOf('congdan10').name)
  await desk.locator('[name=them]').fill('Ký tên vào tờ khai')
  await desk.locator('[name=ly-do]').fill('Tờ khai chưa ký')
  await desk.getByRole('button', { name: 'Lập phiếu' }).last().click()
  await desk.waitForURL(/\/da-lap\//)
  const guidance = desk.url().split('/').at(-1) ?? ''
  const first = async (list: string, link: string): Promise<string> => {
    await admin.goto(list)
    return (await admin.locator(link).first().getAttribute('href')) ?? ''
  }
  const unit = await first('/quan-tri/co-quan?q=trung+tam+phuc+vu', 'tbody a')
  return {
    dossier,
    applicant,
    guidance,
    unit,
    post: `${unit}${((await first(unit, 'a[href*="vi-tri="]')) || '?').split('#')[0]}`,
    account: await first('/quan-tri/tai-khoan', 'tbody a'),
    message: await first('/quan-tri/tin-nhan', 'tbody a'),
    hours: await first('/quan-tri/lich', 'a[href^="/quan-tri/lich/gio/"]'),
    unsettled: await first(await first('/quan-tri/thu-tuc?linh-vuc=ho-tich', 'tbody a'), 'a[href*="/quyet-dinh/"]'),
  }
}
