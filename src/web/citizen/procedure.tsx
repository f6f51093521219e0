import { NotFound } from '#kernel/errors.ts'
import { formatDate, dateOf } from '#kernel/plain-date.ts'
import { type ProcedureRevision, catalogueVersion, displayName, findProcedureSummary, getRevision, isReceivable, slugOf } from '#modules/catalogue'
import { keepDrawn } from '../drawn.ts'
import { type Lang, type Req, html } from '../http.ts'
import { LEVEL_NAMES } from '../procedure-words.ts'
import { RichText } from '../ui/rich-text.tsx'
import { Actions, Badge, Breadcrumb, ButtonLink, KeyValue, Page } from '../ui/index.ts'
import { t } from '../words.ts'
import { Methods, Papers } from './procedure-parts.tsx'

/** What is drawn depends on the revision, on what was settled, and on the language: it is drawn once for each. */
const drawn = keepDrawn(1_200)

export const showProcedure = async (req: Req): Promise<Response> => {
  const summary = await findProcedureSummary(req.ctx, req.c.req.param('ma') ?? '')
  if (summary === undefined) throw new NotFound('procedure')
  const { lang } = req.view
  const key = `${await catalogueVersion(req.ctx)} ${summary.revisionId} ${lang}`
  const content = drawn.get(key) ?? drawn.put(key, <Procedure revision={await getRevision(req.ctx, summary.revisionId)} lang={lang} />)
  return html(
    req,
    <Page view={req.view} title={summary.name} area="citizen" current="/thu-tuc" description={`${summary.name}: giấy tờ, thời hạn, phí, nơi nộp.`}>
      {content}
    </Page>,
  )
}

const Procedure = (props: { readonly revision: ProcedureRevision; readonly lang: Lang }) => {
  const { revision: r, lang } = props
  const isOnline = r.methods.some((m) => m.channel === 'online')
  const isOpen = r.methods.some((m) => m.channel === 'online' && isReceivable(m))
  return (
    <article class="procedure">
      <Breadcrumb
        label={t(lang, { vi: 'Vị trí', en: 'You are here' })}
        items={[
          { href: '/thu-tuc', label: t(lang, { vi: 'Thủ tục', en: 'Procedures' }) },
          { href: `/thu-tuc?linh-vuc=${slugOf(r.field)}`, label: displayName(r.field) },
          { label: r.code },
        ]}
      />
      <h1 lang="vi">{displayName(r.name)}</h1>
      <p class="soft">{[`${t(lang, { vi: 'Mã', en: 'Code' })} ${r.code}`, r.levels.map((l) => t(lang, LEVEL_NAMES[l])).join(', '), r.publisher].filter((v) => v !== null).join(' · ')}</p>
      <p>
        <Badge tone={isOnline ? 'ok' : 'plain'} mark={false}>
          {isOnline ? t(lang, { vi: 'Nộp trực tuyến được', en: 'Can be filed online' }) : t(lang, { vi: 'Không nộp trực tuyến', en: 'Not online' })}
        </Badge>
      </p>
      {isOpen && (
        <Actions>
          <ButtonLink href={`/nop-ho-so/${r.code}`}>{t(lang, { vi: 'Nộp trực tuyến', en: 'Apply online' })}</ButtonLink>
        </Actions>
      )}
      {lang === 'en' && <p class="hint">Texts are shown as published, in Vietnamese.</p>}
      <Methods revision={r} lang={lang} />
      <Papers components={r.components} lang={lang} />
      <WhereAndWho revision={r} lang={lang} />
      <Outcome revision={r} lang={lang} />
      <Steps revision={r} lang={lang} />
      <LegalBases revision={r} lang={lang} />
      <Source revision={r} lang={lang} />
    </article>
  )
}

type PartProps = { readonly revision: ProcedureRevision; readonly lang: Lang }

const WhereAndWho = ({ revision: r, lang }: PartProps) => (
  <section>
    <h2>{t(lang, { vi: 'Nộp ở đâu, ai được làm', en: 'Where, and who may apply' })}</h2>
    <KeyValue
      items={[
        [t(lang, { vi: 'Nơi nộp', en: 'Where' }), r.receivingAddress ?? whereByLevel(r, lang)],
        [t(lang, { vi: 'Cơ quan giải quyết', en: 'Decided by' }), [...new Set([r.executingAgency, r.competentAgency].filter((a) => a !== null))].join('; ')],
        [t(lang, { vi: 'Phối hợp', en: 'Together with' }), r.coordinatingAgency],
        [t(lang, { vi: 'Đối tượng', en: 'Applicants' }), r.subjects.join(', ')],
        [
          t(lang, { vi: 'Trực tuyến', en: 'Online' }),
          r.detailUrl !== null && /^https:\/\/[^"\s]+$/.test(r.detailUrl) && (
            <a href={r.detailUrl} rel="noopener external">
              {t(lang, { vi: 'Trang của thủ tục trên Cổng Dịch vụ công quốc gia', en: 'The procedure on the National Public Service Portal' })}
            </a>
          ),
        ],
      ]}
    />
  </section>
)

/** Since 2025-07-01 papers are handed in at the one-stop desk of any commune or of the city's centre (NĐ 118/2025). */
const whereByLevel = (r: ProcedureRevision, lang: Lang): string =>
  r.levels.includes('commune')
    ? t(lang, { vi: 'Bộ phận Một cửa của phường, xã', en: 'The one-stop desk of the ward or commune' })
    : t(lang, { vi: 'Trung tâm Phục vụ hành chính công thành phố', en: "The city's public-service centre" })

const Outcome = ({ revision: r, lang }: PartProps) => (
  <section>
    <h2>{t(lang, { vi: 'Kết quả và điều kiện', en: 'Result and conditions' })}</h2>
    <ul lang="vi">
      {r.results.map((result) => (
        <li>{displayName(result.name)}</li>
      ))}
    </ul>
    {r.conditions !== null && (
      <details class="fold" open={r.conditions.length < 600}>
        <summary>{t(lang, { vi: 'Yêu cầu, điều kiện', en: 'Requirements' })}</summary>
        <div lang="vi">
          <RichText text={r.conditions} />
        </div>
      </details>
    )}
  </section>
)

const Steps = ({ revision: r, lang }: PartProps) => (
  <section>
    <h2>{t(lang, { vi: 'Các bước thực hiện', en: 'Steps' })}</h2>
    {r.steps.length === 0 ? (
      <p class="soft">{t(lang, { vi: 'Cơ quan công bố chưa ghi trình tự thực hiện.', en: 'The publishing agency has not described the steps.' })}</p>
    ) : (
      <details class="fold" open={r.steps.join('').length < 1500}>
        <summary>{t(lang, { vi: 'Xem các bước', en: 'Show the steps' })}</summary>
        <div lang="vi">
          <RichText text={r.steps.join('\n')} />
        </div>
      </details>
    )}
  </section>
)

const LegalBases = ({ revision: r, lang }: PartProps) => (
  <section>
    <h2>{t(lang, { vi: 'Căn cứ pháp lý', en: 'Legal bases' })}</h2>
    <details class="fold">
      <summary>{t(lang, { vi: `${r.legalBases.length} văn bản`, en: `${r.legalBases.length} documents` })}</summary>
      <ul lang="vi">
        {r.legalBases.map((basis) => (
          <li>{[basis.number, basis.title].filter((v) => v !== null && v !== '').join(' · ')}</li>
        ))}
      </ul>
    </details>
  </section>
)

const Source = ({ revision: r, lang }: PartProps) => (
  <p class="soft small">
    {[
      r.decisionNo === null ? null : t(lang, { vi: `Công bố theo Quyết định ${r.decisionNo}`, en: `Published by decision ${r.decisionNo}` }),
      t(lang, { vi: `bản ${r.n}, cập nhật ${formatDate(dateOf(r.importedAt))}`, en: `revision ${r.n}, updated ${formatDate(dateOf(r.importedAt))}` }),
    ]
      .filter((v) => v !== null)
      .join(' · ')}
  </p>
)
