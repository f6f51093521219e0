/** `/tai-khoan`: what is asked of me, where my dossiers are, what I have begun. */
import { formatDate } from '#kernel/plain-date.ts'
import { isUuid } from '#kernel/ids.ts'
import { getOwnIdentity } from '#modules/access'
import { findProcedureSummary } from '#modules/catalogue'
import { type Draft, type MyDossier, dropDraft, listMyDossiers, listMyDrafts, statusGroup } from '#modules/dossier'
import { type Person, getOwnPerson } from '#modules/organisation'
import type { Instant } from '#platform/ctx.ts'
import { type Lang, type Req, html, readForm, seeOther } from '../../http.ts'
import { shortName } from '../../short-name.ts'
import { Actions, Badge, Button, ButtonLink, Card, DeadlineBadge, Empty, Form, KeyValue, Notice, Page, shortInstant } from '../../ui/index.ts'
import { t } from '../../words.ts'
import { takeDraftsAlong } from '../draft-cookie.ts'
import { stepHref } from '../application/frame.tsx'
import { isOpen, standingTitle, standingTone } from './words.ts'

/** One request to complete, with everything that is wanted, and one way to answer. */
const Asked = (props: { readonly dossier: MyDossier; readonly lang: Lang }) => {
  const { dossier: d, lang } = props
  const { asked } = d
  if (asked === null) return null
  return (
    <Card tone="gold" as="section" title={shortName(d.procedureName)}>
      <p class="soft small num">{d.code}</p>
      <p>
        {t(lang, { vi: 'Nơi nhận cần bạn:', en: 'The desk asks you for:' })}
        {asked.until !== null && <b> {t(lang, { vi: `trả lời đến hết ngày ${formatDate(asked.until)}`, en: `an answer by ${formatDate(asked.until)}` })}</b>}
      </p>
      <ul lang="vi">
        {asked.items.map((item) => (
          <li>{item}</li>
        ))}
      </ul>
      <Actions>
        <ButtonLink href={`/tai-khoan/ho-so/${d.id}/bo-sung`}>{t(lang, { vi: 'Trả lời', en: 'Answer' })}</ButtonLink>
        <ButtonLink href={`/tai-khoan/ho-so/${d.id}`} kind="quiet">
          {t(lang, { vi: 'Xem hồ sơ', en: 'See the application' })}
        </ButtonLink>
      </Actions>
    </Card>
  )
}

/** Until when, in the words of where it stands. */
const When = (props: { readonly dossier: MyDossier; readonly now: Instant; readonly lang: Lang }) => {
  const { dossier: d, now, lang } = props
  if (statusGroup(d.status) === 'awaiting-intake') {
    return d.status === 'submitted' && d.intakeDueAt !== null ? <>{t(lang, { vi: `trả lời trước ${shortInstant(d.intakeDueAt, now)}`, en: `answer by ${shortInstant(d.intakeDueAt, now)}` })}</> : null
  }
  if (!isOpen(statusGroup(d.status))) return d.finishedAt === null ? null : <>{shortInstant(d.finishedAt, now)}</>
  return (
    <>
      {t(lang, { vi: 'hẹn trả ', en: 'due ' })}
      <DeadlineBadge dueAt={d.dueAt} now={now} late={d.punctuality === 'late'} />
    </>
  )
}

const Row = (props: { readonly dossier: MyDossier; readonly now: Instant; readonly lang: Lang }) => {
  const { dossier: d, now, lang } = props
  return (
    <li>
      <a href={`/tai-khoan/ho-so/${d.id}`} lang="vi">
        {shortName(d.procedureName)}
      </a>
      <p class="small">
        <Badge tone={standingTone(d.status, d.punctuality === 'late' && d.finishedAt === null)}>{standingTitle(d.status, lang)}</Badge> <When dossier={d} now={now} lang={lang} />
      </p>
      <p class="soft small">
        <span class="num">{d.code}</span> · <span lang="vi">{d.deskName}</span>
      </p>
    </li>
  )
}

const DossierList = (props: { readonly dossiers: readonly MyDossier[]; readonly now: Instant; readonly lang: Lang }) => (
  <ul class="dossier-list">
    {props.dossiers.map((dossier) => (
      <Row dossier={dossier} now={props.now} lang={props.lang} />
    ))}
  </ul>
)

type NamedDraft = { readonly draft: Draft; readonly name: string }

const Drafts = (props: { readonly req: Req; readonly drafts: readonly NamedDraft[] }) => {
  const { req, drafts } = props
  const { lang } = req.view
  if (drafts.length === 0) return null
  return (
    <section>
      <h2>{t(lang, { vi: 'Đang viết dở', en: 'Drafts' })}</h2>
      <ul class="dossier-list">
        {drafts.map(({ draft, name }) => (
          <li>
            <a href={stepHref('to-khai', draft.procedureCode, draft.id)} lang="vi">
              {shortName(name)}
            </a>
            <p class="soft small">
              {t(lang, { vi: `lưu ${shortInstant(draft.savedAt, req.ctx.now)}, giữ đến ${shortInstant(draft.expiresAt, req.ctx.now)}`, en: `saved ${shortInstant(draft.savedAt, req.ctx.now)}, kept until ${shortInstant(draft.expiresAt, req.ctx.now)}` })}
            </p>
            <Form view={req.view} action="/tai-khoan/ban-nhap/xoa" class="inline-form" label={t(lang, { vi: `Xóa bản nháp ${shortName(name)}`, en: `Delete the draft ${shortName(name)}` })}>
              <input type="hidden" name="ban-nhap" value={draft.id} />
              <Button kind="quiet">{t(lang, { vi: 'Xóa bản nháp', en: 'Delete' })}</Button>
            </Form>
          </li>
        ))}
      </ul>
    </section>
  )
}

const Profile = (props: { readonly person: Person; readonly lang: Lang }) => {
  const { person, lang } = props
  const word = (vi: string, en: string) => t(lang, { vi, en })
  return (
    <section>
      <h2>{word('Thông tin của tôi', 'My details')}</h2>
      <KeyValue
        items={[
          [word('Họ tên', 'Name'), person.name],
          [word('Số định danh', 'Identification number'), person.personalNumber],
          [word('Ngày sinh', 'Date of birth'), person.birthOn === null ? null : formatDate(person.birthOn)],
          [word('Điện thoại', 'Phone'), person.phone],
          [word('Thư điện tử', 'E-mail'), person.email],
          [word('Địa chỉ', 'Address'), person.address],
        ]}
      />
      <p class="soft small">{word('Có gì chưa đúng? Mang căn cước đến Bộ phận Một cửa để được sửa.', 'Something wrong? Bring your identity card to a one-stop desk.')}</p>
      <p>
        <a href="/tai-khoan/tin-nhan">{word('Cách nhận tin: kênh và ngôn ngữ', 'How you are told: channels and language')}</a>
      </p>
      <p>
        <a href="/tai-khoan/phien">{word('Mật khẩu và các máy đang đăng nhập', 'Password and sessions')}</a>
      </p>
    </section>
  )
}

const DONE = { vi: 'Đã xóa bản nháp.', en: 'The draft was deleted.' }

export const showAccount = async (req: Req): Promise<Response> => {
  const { lang } = req.view
  const { now } = req.ctx
  await takeDraftsAlong(req, req.ctx)
  const [dossiers, drafts, person, identity] = await Promise.all([listMyDossiers(req.ctx), listMyDrafts(req.ctx), getOwnPerson(req.ctx), getOwnIdentity(req.ctx)])
  const named = await Promise.all(drafts.map(async (draft) => ({ draft, name: (await findProcedureSummary(req.ctx, draft.procedureCode))?.name ?? draft.procedureCode })))
  const asked = dossiers.filter((d) => d.asked !== null)
  const open = dossiers.filter((d) => d.asked === null && (isOpen(statusGroup(d.status)) || d.status === 'finished'))
  const past = dossiers.filter((d) => !open.includes(d) && d.asked === null)
  return html(
    req,
    <Page view={req.view} title={t(lang, { vi: 'Hồ sơ của tôi', en: 'My applications' })} area="citizen" current="/tai-khoan">
      <h1>{t(lang, { vi: 'Hồ sơ của tôi', en: 'My applications' })}</h1>
      {req.c.req.query('xong') === 'xoa-nhap' && (
        <Notice tone="ok" role="status">
          {t(lang, DONE)}
        </Notice>
      )}
      {asked.length > 0 && (
        <section>
          <h2>{t(lang, { vi: 'Cần bạn làm', en: 'Asked of you' })}</h2>
          {asked.map((dossier) => (
            <Asked dossier={dossier} lang={lang} />
          ))}
        </section>
      )}
      {open.length > 0 && (
        <section>
          <h2>{t(lang, { vi: 'Đang giải quyết', en: 'Open' })}</h2>
          <DossierList dossiers={open} now={now} lang={lang} />
        </section>
      )}
      <Drafts req={req} drafts={named} />
      {dossiers.length === 0 && named.length === 0 && (
        <Empty>
          <p>{t(lang, { vi: 'Bạn chưa nộp hồ sơ nào.', en: 'You have not filed anything yet.' })}</p>
        </Empty>
      )}
      <Actions>
        <ButtonLink href="/thu-tuc" kind={asked.length > 0 ? 'quiet' : 'primary'}>
          {t(lang, { vi: 'Nộp hồ sơ mới', en: 'New application' })}
        </ButtonLink>
      </Actions>
      {past.length > 0 && (
        <details class="fold" open={open.length === 0}>
          <summary>{t(lang, { vi: `Đã xong (${past.length})`, en: `Finished (${past.length})` })}</summary>
          <DossierList dossiers={past} now={now} lang={lang} />
        </details>
      )}
      {identity === 'declared' && (
        <p class="soft small">
          {t(lang, {
            vi: 'Hồ sơ nộp tại quầy chưa hiện ở đây. Mang căn cước đến Bộ phận Một cửa một lần để đối chiếu tài khoản; trong lúc đó tra cứu bằng mã trên giấy tiếp nhận.',
            en: 'What you handed in at a counter is not shown here yet. Bring your identity card to a one-stop desk once; until then use the codes on your receipt.',
          })}
        </p>
      )}
      <Profile person={person} lang={lang} />
    </Page>,
  )
}

export const deleteDraft = async (req: Req): Promise<Response> => {
  const id = (await readForm(req)).get('ban-nhap')
  if (isUuid(id)) await dropDraft(req.ctx, id, undefined)
  return seeOther(req, '/tai-khoan?xong=xoa-nhap')
}
