/** `/nop-ho-so/xong/:id`: it is filed. The code to keep, and what happens next. */
import { NotFound } from '#kernel/errors.ts'
import { isUuid } from '#kernel/ids.ts'
import { getMyDossier } from '#modules/dossier'
import { type Req, html } from '../../http.ts'
import { shortName } from '../../short-name.ts'
import { Actions, ButtonLink, Card, type Moment, Notice, Page, Timeline, dueInWords } from '../../ui/index.ts'
import { t } from '../../words.ts'

export const showDone = async (req: Req): Promise<Response> => {
  const id = req.c.req.param('id') ?? ''
  if (!isUuid(id)) throw new NotFound('dossier')
  const d = await getMyDossier(req.ctx, id)
  const { lang } = req.view
  const word = (vi: string, en: string) => t(lang, { vi, en })
  const answerBy = d.intakeDueAt === null ? undefined : dueInWords(d.intakeDueAt, lang)
  const next: readonly Moment[] = [
    { state: 'done', title: word('Đã nộp', 'Filed'), detail: word('Mọi tệp đã được lưu.', 'Every file is stored.') },
    {
      state: 'current',
      title: word(`${d.deskName} xem hồ sơ`, `${d.deskName} looks at it`),
      detail: answerBy === undefined ? undefined : word(`Trả lời trong 8 giờ làm việc, chậm nhất ${answerBy}.`, `Answered within 8 working hours, by ${answerBy}.`),
    },
    { state: 'next', title: word('Tiếp nhận và hẹn ngày trả', 'Received, with a due date'), detail: word('Nếu còn thiếu, bạn được hỏi một lần, đủ mọi việc; xem ở trang tài khoản.', 'If something is missing you are asked once, for everything, on your account page.') },
    { state: 'next', title: word('Nhận kết quả', 'You get the result') },
  ]
  return html(
    req,
    <Page view={req.view} title={word('Đã nộp hồ sơ', 'Application filed')} area="citizen" current="/tai-khoan">
      <Notice tone="ok" role="status" title={word('Đã nộp hồ sơ', 'Your application is filed')}>
        <span lang="vi">{shortName(d.procedureName)}</span>
      </Notice>
      <Card tone="gold">
        <dl class="code-pair">
          <div>
            <dt>{word('Mã hồ sơ', 'Application code')}</dt>
            <dd>
              <p class="big-code">{d.code}</p>
            </dd>
          </div>
          <div>
            <dt>{word('Mã tra cứu', 'Look-up secret')}</dt>
            <dd>
              <p class="big-code">{d.secret}</p>
            </dd>
          </div>
        </dl>
        <p class="soft small">{word('Chụp lại hai mã này: ai có cả hai đều xem được hồ sơ đến đâu, không cần đăng nhập.', 'Keep both: with them anybody can see where the application is, without signing in.')}</p>
      </Card>
      <h2>{word('Tiếp theo', 'What happens next')}</h2>
      <Timeline label={word('Tiếp theo', 'What happens next')} moments={next} />
      <Actions>
        <ButtonLink href={`/tai-khoan/ho-so/${d.id}`}>{word('Xem hồ sơ của tôi', 'See my application')}</ButtonLink>
        <ButtonLink href={`/tra-cuu?ma=${encodeURIComponent(d.code ?? '')}`} kind="quiet">
          {word('Trang tra cứu', 'Look-up page')}
        </ButtonLink>
      </Actions>
    </Page>,
  )
}
