import type { Child } from 'hono/jsx'
import { formatInstant } from '#kernel/plain-date.ts'
import { assetUrl } from '../assets.ts'
import type { View } from '../http.ts'
import { t } from '../words.ts'
import { DrumMark, DrumRings } from './drum.tsx'
import { Icon } from './icon.tsx'
import { LangContext } from './lang.ts'
import { AREA_NAMES, type Area, areasOf, currentItem, homeOf, navOf } from './nav.ts'

export type PageProps = {
  readonly view: View
  readonly title: string
  readonly area: Area
  /** The menu entry that this page belongs to. */
  readonly current?: string
  /** `narrow` for reading and forms, `wide` for tables. Default: by area. */
  readonly width?: 'narrow' | 'wide'
  /** How many wait behind a menu entry, by its address. */
  readonly badges?: Readonly<Record<string, number>>
  /** The page's own description for search engines (public pages). */
  readonly description?: string
  /** Citizen pages carry no script unless they ask for it. */
  readonly script?: 'citizen' | 'none'
  readonly children?: Child
}

/** `thành phố Huế` → `TP Huế` */
const shortCityName = (name: string): string => name.replace(/^thành phố /i, 'TP ').replace(/^tỉnh /i, '')

/** `Văn thư · Ủy ban nhân dân phường Thuận Hóa` → `Văn thư · P. Thuận Hóa`: the whole stands in the menu. */
const shortTitle = (title: string): string => title.replace(/Ủy ban nhân dân (phường|xã) /u, (_, kind: string) => (kind === 'phường' ? 'P. ' : 'X. ')).replace(/Ủy ban nhân dân /u, 'UBND ')

const FONTS = ['latin-400', 'vietnamese-400', 'latin-600', 'vietnamese-600']

// htmx 4 under the strict policy (decision 29): no styles put into the head, nothing evaluated, same origin only.
const HTMX_CONFIG = JSON.stringify({ includeIndicatorCSS: false, noSwap: [204, 304], mode: 'same-origin', transitions: false })

const Head = (props: PageProps) => {
  const officer = props.area !== 'citizen'
  return (
    <head>
      <meta charset="utf-8" />
      <meta name="viewport" content="width=device-width, initial-scale=1" />
      <title>{`${props.title} · Một Cửa ${shortCityName(props.view.cityName)}`}</title>
      {props.description !== undefined && <meta name="description" content={props.description} />}
      <meta name="color-scheme" content="light dark" />
      <meta name="theme-color" content="#9e1b22" />
      {FONTS.map((font) => (
        <link rel="preload" as="font" type="font/woff2" crossorigin="anonymous" href={assetUrl(`be-vietnam-pro-${font}-normal.woff2`)} />
      ))}
      <link rel="stylesheet" href={assetUrl('app.css')} />
      <link rel="icon" type="image/svg+xml" href={assetUrl('icon.svg')} />
      {officer && <meta name="htmx-config" content={HTMX_CONFIG} />}
      {officer && <meta name="csrf" content={props.view.csrf} />}
      {officer && <script type="module" src={assetUrl('office.js')} />}
      {!officer && props.script === 'citizen' && <script type="module" src={assetUrl('citizen.js')} />}
    </head>
  )
}

const withLang = (path: string, lang: string): string => {
  const [pathname, query] = path.split('?', 2)
  const search = new URLSearchParams(query ?? '')
  search.set('lang', lang)
  return `${pathname}?${search.toString()}`
}

const LanguageSwitch = (props: { readonly view: View }) => {
  const other = props.view.lang === 'vi' ? 'en' : 'vi'
  return (
    <a class="lang" href={withLang(props.view.path, other)} lang={other} hreflang={other} rel="alternate">
      <span aria-hidden="true">{other.toUpperCase()}</span>
      <span class="visually-hidden">{other === 'en' ? 'English' : 'Tiếng Việt'}</span>
    </a>
  )
}

const Account = (props: { readonly view: View; readonly area: Area }) => {
  const { view } = props
  const who = view.signedIn
  if (who === undefined) {
    return (
      <a class="account-link" href="/dang-nhap">
        {t(view.lang, { vi: 'Đăng nhập', en: 'Sign in' })}
      </a>
    )
  }
  return (
    <>
      <button type="button" class="account-button" popovertarget="account" aria-haspopup="true">
        <Icon name="person" />
        <span class="account-name">{who.name}</span>
        {who.title !== '' && <span class="account-title">{shortTitle(who.title)}</span>}
      </button>
      <div class="account-menu" id="account" popover="auto">
        <p>
          <b>{who.name}</b>
          {who.title !== '' && <span class="soft">{who.title}</span>}
        </p>
        {areasOf(view).map((area) => (
          <a href={homeOf(view, area)} aria-current={area === props.area ? 'true' : undefined}>
            {t(view.lang, AREA_NAMES[area])}
          </a>
        ))}
        <a href="/tai-khoan">{t(view.lang, { vi: 'Hồ sơ của tôi', en: 'My applications' })}</a>
        <a href="/tai-khoan/phien">{t(view.lang, { vi: 'Tài khoản và phiên làm việc', en: 'Account and sessions' })}</a>
        <form method="post" action="/dang-xuat">
          <input type="hidden" name="_csrf" value={view.csrf} />
          <button type="submit" class="btn quiet wide">
            {t(view.lang, { vi: 'Đăng xuất', en: 'Sign out' })}
          </button>
        </form>
      </div>
    </>
  )
}

const Header = (props: PageProps) => {
  const { view, area } = props
  const items = navOf(view, area)
  const current = currentItem(items, props.current ?? '')
  const brand = area === 'citizen' ? `Một Cửa · ${shortCityName(view.cityName)}` : area === 'desk' || area === 'office' ? 'Một Cửa' : `Một Cửa · ${t(view.lang, AREA_NAMES[area])}`
  return (
    <header class={`top ${area}`}>
      <DrumRings />
      <div class="top-row">
        <a class="brand" href={area === 'citizen' ? '/' : homeOf(view, area)}>
          <DrumMark />
          <b>{brand}</b>
        </a>
        {items.length > 0 && (
            <nav id="menu" class="menu" popover="auto" aria-label={t(view.lang, { vi: 'Trang chính', en: 'Main' })}>
              {items.map((item) => (
                <a href={item.href} aria-current={item.href === current ? 'page' : undefined}>
                  {t(view.lang, item.words)}
                  {(props.badges?.[item.href] ?? 0) > 0 && <span class="menu-count num">{props.badges?.[item.href]}</span>}
                </a>
              ))}
              {area === 'citizen' && view.signedIn === undefined && (
                <a class="phone-only" href="/dang-nhap">
                  {t(view.lang, { vi: 'Đăng nhập', en: 'Sign in' })}
                </a>
              )}
            </nav>
        )}
        <span class="top-gap" />
        {(area === 'office' || area === 'desk') && view.signedIn?.everywhere.has('dossier.find') === true && (
          // Sent, not asked for: what is typed is often a name or a number, and may not stand in an address.
          <form class="top-search" method="post" action="/tim" role="search" aria-label="Tìm hồ sơ">
            <input type="hidden" name="_csrf" value={view.csrf} />
            <input type="search" name="q" autocomplete="off" aria-label="Tìm mã hồ sơ, tên, số định danh" placeholder="Tìm mã, tên, số định danh" data-key="/" aria-keyshortcuts="/" />
            <kbd aria-hidden="true">/</kbd>
          </form>
        )}
        {area === 'citizen' && <LanguageSwitch view={view} />}
        <Account view={view} area={area} />
        {items.length > 0 && (
          <button type="button" class="menu-button" popovertarget="menu">
            <Icon name="menu" />
            <span class="visually-hidden">{t(view.lang, { vi: 'Danh mục trang', en: 'Menu' })}</span>
          </button>
        )}
      </div>
    </header>
  )
}

const Footer = (props: { readonly view: View; readonly area: Area }) => {
  const { view, area } = props
  return (
    <footer class="foot">
      {area === 'citizen' ? (
        <nav aria-label={t(view.lang, { vi: 'Cuối trang', en: 'Footer' })}>
          {navOf(view, 'citizen').map((item) => (
            <a href={item.href}>{t(view.lang, item.words)}</a>
          ))}
        </nav>
      ) : (
        <p class="keys-help">
          Phím tắt hiện trên nút · <kbd>?</kbd> xem tất cả
        </p>
      )}
      <p class="soft">
        {t(view.lang, {
          vi: `Bộ phận Một cửa, ${view.cityName}. Phần mềm nguồn mở.`,
          en: `One-stop shop of ${view.cityName}. Open-source software.`,
        })}
      </p>
    </footer>
  )
}

/** The frame of every page. Works without script; keyboard users meet the skip link first. */
export const Page = (props: PageProps) => {
  const { view } = props
  const width = props.width ?? (props.area === 'citizen' ? 'narrow' : 'wide')
  return (
    <LangContext.Provider value={view.lang}>
      <html lang={view.lang} class={`area-${props.area}`}>
        <Head {...props} />
        <body>
          <a class="skip" href="#main">
            {t(view.lang, { vi: 'Đến nội dung chính', en: 'Skip to content' })}
          </a>
          {view.demo && (
            <aside class="demo-band" aria-label={t(view.lang, { vi: 'Bản trình diễn', en: 'Demonstration' })}>
              {t(view.lang, { vi: 'Bản trình diễn: người và hồ sơ đều là giả định.', en: 'Demonstration: all people and applications are invented.' })}
              {view.simulatedNow !== undefined && (
                <b class="simulated">
                  {' '}
                  {t(view.lang, { vi: `Đồng hồ mô phỏng: ${formatInstant(view.simulatedNow)}.`, en: `Simulated clock: ${formatInstant(view.simulatedNow)}.` })}
                </b>
              )}
            </aside>
          )}
          <Header {...props} />
          <main id="main" class={width} tabindex={-1}>
            <div id="messages" role="status" aria-live="polite" />
            {props.children}
          </main>
          <Footer view={view} area={props.area} />
          {props.area !== 'citizen' && <div id="toasts" class="toasts" role="status" aria-live="polite" />}
        </body>
      </html>
    </LangContext.Provider>
  )
}

export type Crumb = { readonly href?: string; readonly label: string }

/** Where we are, from the outside in; the last one is this page. */
export const Breadcrumb = (props: { readonly items: readonly Crumb[]; readonly label?: string }) => (
  <nav class="breadcrumb" aria-label={props.label ?? 'Vị trí'}>
    <ol>
      {props.items.map((item, i) => (
        <li>{item.href === undefined ? <span aria-current={i === props.items.length - 1 ? 'page' : undefined}>{item.label}</span> : <a href={item.href}>{item.label}</a>}</li>
      ))}
    </ol>
  </nav>
)

/** The title of a page with what stands beside it: a line below, buttons at the right. */
export const PageHead = (props: { readonly title: Child; readonly lead?: Child; readonly actions?: Child; readonly above?: Child; readonly back?: { readonly href: string; readonly label: Child } }) => (
  <div class="page-head">
    <div>
      {props.back !== undefined && (
        <p class="small back">
          <a href={props.back.href}>← {props.back.label}</a>
        </p>
      )}
      {props.above}
      <h1>{props.title}</h1>
      {props.lead !== undefined && <p class="lead">{props.lead}</p>}
    </div>
    {props.actions !== undefined && <div class="page-actions">{props.actions}</div>}
  </div>
)
