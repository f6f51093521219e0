/** What is seen when a request ends early. `app/` chooses; this says it: what happened, what was kept, what to do. */
import type { Child } from 'hono/jsx'
import type { View } from '../http.ts'
import { type Words, t } from '../words.ts'
import type { Area } from './nav.ts'
import { Page } from './page.tsx'

export type PageError = 403 | 404 | 409 | 413 | 422 | 429 | 500 | 503

const WORDS: Readonly<Record<PageError, { readonly title: Words; readonly text: Words }>> = {
  403: {
    title: { vi: 'Bạn không có quyền xem trang này', en: 'You may not open this page' },
    text: {
      vi: 'Vị trí công tác của bạn không gồm việc này. Nếu vừa đổi vị trí, hãy đăng xuất rồi đăng nhập lại; nếu vẫn vậy, hỏi người quản trị.',
      en: 'Your post does not include this. Sign in with another account or ask the administrator.',
    },
  },
  404: {
    title: { vi: 'Không có trang này', en: 'There is no such page' },
    text: {
      vi: 'Địa chỉ có thể gõ thiếu, hoặc trang đã chuyển chỗ. Hãy tìm thủ tục hoặc tra cứu hồ sơ từ trang đầu.',
      en: 'The address may be incomplete, or the page has moved. Search for a procedure from the home page.',
    },
  },
  409: {
    title: { vi: 'Có người vừa làm trước bạn', en: 'Someone was faster' },
    text: {
      vi: 'Hồ sơ đã đổi từ lúc bạn mở trang, nên thao tác này chưa được ghi. Mở lại trang để thấy tình trạng mới rồi quyết định.',
      en: 'This has changed since you opened the page, so nothing was recorded. Open it again and decide anew.',
    },
  },
  413: {
    title: { vi: 'Tệp quá lớn', en: 'The file is too large' },
    text: { vi: 'Hãy giảm dung lượng tệp rồi gửi lại. Chưa có gì được ghi.', en: 'Please send a smaller file. Nothing was recorded.' },
  },
  422: {
    title: { vi: 'Dữ liệu gửi lên chưa đúng', en: 'The data sent is not right' },
    text: { vi: 'Hãy quay lại trang trước và sửa. Chưa có gì được ghi.', en: 'Please go back and correct it. Nothing was recorded.' },
  },
  429: {
    title: { vi: 'Bạn thao tác quá nhanh', en: 'Too many requests' },
    text: { vi: 'Hãy đợi một phút rồi thử lại. Những gì đã gửi trước đó không mất.', en: 'Please wait a minute and try again. What you sent before is not lost.' },
  },
  500: {
    title: { vi: 'Hệ thống gặp lỗi', en: 'Something went wrong' },
    text: {
      vi: 'Lỗi ở phía chúng tôi. Việc đang làm dở chưa được ghi; việc đã báo xong thì vẫn còn. Hãy thử lại; nếu vẫn lỗi, đọc mã dưới đây cho bộ phận hỗ trợ.',
      en: 'The fault is ours. What had been confirmed is kept. Try again; if it persists, quote the number below.',
    },
  },
  503: {
    title: { vi: 'Hệ thống đang tạm ngừng', en: 'Temporarily unavailable' },
    text: { vi: 'Cơ sở dữ liệu đang khởi động lại. Trang sẽ dùng được trong ít phút. Hồ sơ đã nhận vẫn an toàn.', en: 'The database is restarting. Please try again in a few minutes. Received applications are safe.' },
  },
}

/** As a whole page. `message` replaces the standard sentence; `requestId` is what support asks for. */
export const ErrorPage = (props: { readonly view: View; readonly status: PageError; readonly area?: Area; readonly message?: Child; readonly requestId?: string; readonly signInHref?: string }) => {
  const { view, status } = props
  const words = WORDS[status]
  return (
    <Page view={view} title={t(view.lang, words.title)} area={props.area ?? 'citizen'} width="narrow">
      <div class="error-page">
        <p class="error-code num" aria-hidden="true">
          {status}
        </p>
        <h1>{t(view.lang, words.title)}</h1>
        <p>{props.message ?? t(view.lang, words.text)}</p>
        {props.requestId !== undefined && (
          <p class="soft small num">
            {t(view.lang, { vi: 'Mã yêu cầu', en: 'Request' })}: {props.requestId}
          </p>
        )}
        <div class="actions">
          {props.signInHref !== undefined && (
            <a class="btn primary" href={props.signInHref}>
              {t(view.lang, { vi: 'Đăng nhập', en: 'Sign in' })}
            </a>
          )}
          <a class="btn quiet" href="/">
            {t(view.lang, { vi: 'Về trang đầu', en: 'Home page' })}
          </a>
        </div>
      </div>
    </Page>
  )
}

/** For htmx: goes into `#messages` (HX-Retarget). */
export const ErrorMessage = (props: { readonly status: PageError; readonly requestId?: string }) => (
  <div class="notice late" role="alert">
    <b>{WORDS[props.status].title.vi}</b>
    <div>
      {WORDS[props.status].text.vi} {props.requestId !== undefined && <span class="num soft">{props.requestId}</span>}
    </div>
  </div>
)
