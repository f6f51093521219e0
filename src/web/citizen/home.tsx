/** `/`: what must I do, where is mine. The search first; no figure that is not computed. */
import { type ProcedureSummary, countProcedures, listCommonProcedures } from '#modules/catalogue'
import { formatInteger } from '#kernel/money.ts'
import { type Req, type Route, html } from '../http.ts'
import { feeOfAll, limitOfAll } from '../procedure-words.ts'
import { shortName } from '../short-name.ts'
import { Button, ButtonLink, Form, Page } from '../ui/index.ts'
import { t } from '../words.ts'

const FIELDS = 6
const PER_FIELD = 3

const Common = (props: { readonly procedure: ProcedureSummary; readonly lang: 'vi' | 'en' }) => {
  const { procedure: p, lang } = props
  const facts = [limitOfAll(p.methods, lang), feeOfAll(p.methods, lang)].filter((fact) => fact !== undefined)
  return (
    <li>
      <a class="clamped" href={`/thu-tuc/${p.code}`} lang="vi">
        {shortName(p.name)}
      </a>
      {facts.length > 0 && <div class="soft small">{facts.join(' · ')}</div>}
    </li>
  )
}

const showHome = async (req: Req): Promise<Response> => {
  const { view } = req
  const { lang } = view
  const [common, count] = await Promise.all([listCommonProcedures(req.ctx, PER_FIELD), countProcedures(req.ctx)])
  return html(
    req,
    <Page
      view={view}
      title={t(lang, { vi: 'Trang đầu', en: 'Home' })}
      area="citizen"
      current="/"
      description={t(lang, { vi: `Tìm thủ tục hành chính, tra cứu hồ sơ tại ${view.cityName}.`, en: `Find procedures and track applications in ${view.cityName}.` })}
    >
      <div class="home">
        <h1 id="hoi">{t(lang, { vi: 'Bạn cần làm thủ tục gì?', en: 'What do you need to do?' })}</h1>
        <Form view={view} method="get" action="/thu-tuc" role="search" class="search home-search" label={t(lang, { vi: 'Tìm thủ tục', en: 'Search procedures' })}>
          <input type="search" name="q" aria-labelledby="hoi" maxlength={300} placeholder={t(lang, { vi: 'Ví dụ: khai sinh, độc thân, sổ đỏ', en: 'For example: khai sinh (birth)' })} autocomplete="off" />
          <Button>{t(lang, { vi: 'Tìm', en: 'Search' })}</Button>
        </Form>
        <p class="soft small">
          {t(lang, { vi: `Gõ không dấu, gõ như nói hằng ngày đều được. Có ${formatInteger(count.procedures)} thủ tục.`, en: `Accents may be left out. ${formatInteger(count.procedures)} procedures, named in Vietnamese.` })}
        </p>

        <h2>{t(lang, { vi: 'Đã nộp rồi?', en: 'Already applied?' })}</h2>
        <div class="pair">
          <ButtonLink href="/tra-cuu" kind="quiet">
            {t(lang, { vi: 'Tra cứu hồ sơ', en: 'Track an application' })}
          </ButtonLink>
          <ButtonLink href="/tinh-han" kind="quiet">
            {t(lang, { vi: 'Tính ngày hẹn trả', en: 'Compute a due date' })}
          </ButtonLink>
        </div>

        {common.length > 0 && (
          <>
            <h2>{t(lang, { vi: 'Nhiều người cần', en: 'Often needed' })}</h2>
            <div class="fields">
              {common.slice(0, FIELDS).map((group) => (
                <section>
                  <h3 lang="vi">
                    <a class="quiet-link" href={`/thu-tuc?linh-vuc=${group.fieldSlug}`}>
                      {group.field}
                    </a>
                  </h3>
                  <ul>
                    {group.procedures.map((p) => (
                      <Common procedure={p} lang={lang} />
                    ))}
                  </ul>
                </section>
              ))}
            </div>
          </>
        )}
        <p class="all-procedures">
          <a href="/thu-tuc">{t(lang, { vi: 'Tất cả thủ tục, theo lĩnh vực và nơi giải quyết', en: 'All procedures, by field and level' })}</a>
        </p>
      </div>
    </Page>,
  )
}

export const homeRoutes: readonly Route[] = [{ method: 'GET', path: '/', access: 'public', sharedSeconds: 5, handle: showHome }]
