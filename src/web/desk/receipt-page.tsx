/** `/mot-cua/ho-so/:id`: what the applicant is told after reception: code, due date, why; then print, pass on, next. */
import { type Uuid, isUuid } from '#kernel/ids.ts'
import { NotFound } from '#kernel/errors.ts'
import { formatInstant } from '#kernel/plain-date.ts'
import { type Receipt, getDossierView, getReceipt } from '#modules/dossier'
import { stepLabel } from '#modules/process'
import { newId } from '#platform/ids.ts'
import { type Req, type Route, html } from '../http.ts'
import { deskBadges } from './desk-badges.ts'
import { shortName } from '../short-name.ts'
import { Badge, BigDate, Button, ButtonLink, Card, Form, KeyValue, Page, PageHead, Why } from '../ui/index.ts'

export const idParam = (req: Req): Uuid => {
  const id = req.c.req.param('id') ?? ''
  if (!isUuid(id)) throw new NotFound('dossier')
  return id
}

const PapersFolded = (props: { readonly papers: Receipt['papers'] }) =>
  props.papers.length === 0 ? (
    'không có'
  ) : (
    <details>
      <summary>{props.papers.length} giấy tờ</summary>
      <ul class="plain">
        {props.papers.map((paper) => (
          <li>{`${paper.name}: ${paper.quantity}`}</li>
        ))}
      </ul>
    </details>
  )

const showReceipt = async (req: Req): Promise<Response> => {
  const id = idParam(req)
  const [dossier, receipt, badges] = await Promise.all([getDossierView(req.ctx, id), getReceipt(req.ctx, id), deskBadges(req.ctx)])
  const { now } = req.ctx
  const next = dossier.channel === 'online' ? { href: '/mot-cua/truc-tuyen', label: 'Hồ sơ trực tuyến khác' } : { href: '/mot-cua', label: 'Tiếp nhận hồ sơ khác' }
  const forward = dossier.actions.find((a) => a.action === 'forward')
  return html(
    req,
    <Page view={req.view} title={`Đã tiếp nhận ${receipt.code}`} area="desk" current="/mot-cua" badges={badges}>
      <PageHead
        title={
          <>
            <span class="num">{receipt.code}</span> <Badge tone="ok">Đã tiếp nhận</Badge>
          </>
        }
        actions={
          <>
            <ButtonLink href={`/mot-cua/ho-so/${id}/giay-tiep-nhan.pdf`} kbd="i" attributes={{ target: '_blank', rel: 'noopener' }}>
              In phiếu, 2 liên
            </ButtonLink>
            <ButtonLink href={next.href} kind="quiet" kbd="Enter">
              {next.label}
            </ButtonLink>
          </>
        }
      />
      <div class="split">
        <Card tone="gold">
          <span class="soft small">Hẹn trả</span>
          <div class="receipt-date">
            <BigDate at={receipt.dueAt} now={now} lang="vi" />
          </div>
          <Why lines={dossier.explanation} lang="vi" open source={receipt.dueReason} provisional={receipt.provisional} />
        </Card>
        <aside>
          <Card title="Nói với người nộp">
            <p>
              Tra cứu tại trang đầu, mục <b>Tra cứu hồ sơ</b>, bằng mã hồ sơ và mã tra cứu:
            </p>
            <p class="figure num">{receipt.lookUpSecret}</p>
            <p class="soft small">Mã này in trên liên giao người nộp. Cũng dùng được bốn số cuối điện thoại đã đăng ký.</p>
          </Card>
          {forward !== undefined && (
            <Form view={req.view} action={`/xu-ly/ho-so/${id}/chuyen`} submissionKey={newId(now)} label="Chuyển xử lý">
              <input type="hidden" name="version" value={String(dossier.version)} />
              <input type="hidden" name="ma" value={receipt.code} />
              <input type="hidden" name="ve" value={dossier.channel === 'online' ? 'truc-tuyen' : 'mot-cua'} />
              <Button wide kind="quiet" kbd="f">
                Chuyển {forward.targets[0] === undefined ? 'xử lý' : `đến bước ${stepLabel(forward.targets[0])}`}
              </Button>
              <p class="hint">Hoặc chuyển cùng lúc nhiều hồ sơ ở trang Hôm nay.</p>
            </Form>
          )}
        </aside>
      </div>
      <h2>Đã nhận</h2>
      <KeyValue
        items={[
          ['Thủ tục', `${shortName(receipt.procedure.name)} (${receipt.procedure.code})`],
          ['Người nộp', receipt.applicant.name],
          ['Nộp thay', receipt.submitter?.name],
          ['Tiếp nhận lúc', `${formatInstant(receipt.receivedAt)}, ${receipt.receivedBy}`],
          ['Thời hạn', receipt.limit],
          ['Nhận kết quả', receipt.resultDelivery],
          ['Giấy tờ', <PapersFolded papers={receipt.papers} />],
        ]}
      />
      <p>
        <a href={`/xu-ly/ho-so/${id}`}>Mở hồ sơ</a>
      </p>
    </Page>,
  )
}

export const receiptRoutes: readonly Route[] = [{ method: 'GET', path: '/mot-cua/ho-so/:id', access: 'dossier.receive', handle: showReceipt }]
