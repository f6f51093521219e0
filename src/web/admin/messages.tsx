/** `/quan-tri/tin-nhan`: every message that was made, what became of it, and how its reader sees it. In a demo city this is the telephone of everybody. */
import { NotFound } from '#kernel/errors.ts'
import { isUuid } from '#kernel/ids.ts'
import { formatInstant } from '#kernel/plain-date.ts'
import { tidy } from '#kernel/text.ts'
import {
  type Delivery, MESSAGE_FILTERS, type MessageLine, type MessageSearch, type MessageView, ResendDelivery, SHIPPED_TEMPLATES, countFailedMessages, getMessage, listMessages, resendDelivery, smsParts,
} from '#modules/notification'
import { newId } from '#platform/ids.ts'
import { CHANNELS } from '#platform/messaging/provider.ts'
import { type Req, type Route, html, readForm, seeOther } from '../http.ts'
import { Badge, Breadcrumb, Button, type Column, Form, KeyValue, Notice, Page, PageHead, Select, Table, TextField, NewerOlder, pagesAround } from '../ui/index.ts'
import { Drawn, MESSAGES, MessageTabs } from './message-frame.tsx'
import { CHANNEL_WORDS, DELIVERY_WORDS, FILTER_WORDS, LANG_WORDS, STATE_WORDS, reasonInWords } from './message-words.ts'

const Standing = (props: { readonly line: MessageLine }) => {
  const { line } = props
  if (line.state === 'waiting') return <Badge tone="plain">{`chờ gửi ${formatInstant(line.dueAt)}`}</Badge>
  if (line.state !== 'dispatched') return <Badge tone={line.state === 'no-channel' ? 'soon' : 'paused'}>{STATE_WORDS[line.state]}</Badge>
  return (
    <>
      {line.ways.map(({ channel, state }) => (
        <>
          <Badge tone={DELIVERY_WORDS[state].tone}>{`${CHANNEL_WORDS[channel]}: ${DELIVERY_WORDS[state].words}`}</Badge>{' '}
        </>
      ))}
    </>
  )
}

const columns: readonly Column<MessageLine>[] = [
  { key: 'at', head: 'Lúc', nowrap: true, cell: (m) => formatInstant(m.at) },
  { key: 'kind', head: 'Tin', primary: true, cell: (m) => <a href={`${MESSAGES}/${m.id}`}>{m.kindName}</a> },
  { key: 'code', head: 'Mã hồ sơ', nowrap: true, cell: (m) => <span class="num">{m.code ?? ''}</span> },
  { key: 'to', head: 'Người nhận', nowrap: true, cell: (m) => m.recipient },
  { key: 'state', head: 'Tình trạng', cell: (m) => <Standing line={m} /> },
]

const asked = (req: Req): MessageSearch & { readonly page: number } => {
  const get = (name: string) => tidy(req.c.req.query(name) ?? '').slice(0, 100)
  const show = MESSAGE_FILTERS.find((filter) => filter === get('xem'))
  const channel = CHANNELS.find((one) => one === get('kenh'))
  const kind = SHIPPED_TEMPLATES.find((template) => template.kind === get('loai'))?.kind
  return {
    page: Math.max(1, Number.parseInt(get('trang'), 10) || 1),
    ...(show !== undefined && { show }), ...(channel !== undefined && { channel }), ...(kind !== undefined && { kind }), ...(get('ma') !== '' && { code: get('ma').toUpperCase() }),
  }
}

const showList = async (req: Req): Promise<Response> => {
  const search = asked(req)
  const [found, failed] = await Promise.all([listMessages(req.ctx, search), countFailedMessages(req.ctx)])
  return html(
    req,
    <Page view={req.view} title="Tin nhắn" area="admin" current={MESSAGES}>
      <PageHead
        title="Tin nhắn"
        lead={
          <>
            {req.view.demo ? 'Bản trình diễn không gửi đi đâu: mọi tin nằm ở đây, như người nhận sẽ thấy.' : 'Mọi tin gửi người dân và cán bộ, và tình trạng từng tin.'}
            {failed > 0 && (
              <>
                {' '}
                <a class="late-ink" href={`${MESSAGES}?xem=failed`}>{`${failed} lần gửi hỏng`}</a>
              </>
            )}
          </>
        }
      />
      <MessageTabs current="sent" />
      <Form view={req.view} action={MESSAGES} method="get" role="search" class="filter-bar" label="Lọc tin nhắn">
        <TextField name="ma" label="Mã hồ sơ" type="search" value={search.code ?? ''} size="medium" />
        <Select name="loai" label="Loại tin" empty="Tất cả" size="medium" value={search.kind ?? ''} options={SHIPPED_TEMPLATES.map((t) => ({ value: t.kind, label: t.name }))} />
        <Select name="kenh" label="Kênh" empty="Tất cả" size="medium" value={search.channel ?? ''} options={CHANNELS.map((c) => ({ value: c, label: CHANNEL_WORDS[c] }))} />
        <Select name="xem" label="Tình trạng" empty="Tất cả" size="medium" value={search.show ?? ''} options={MESSAGE_FILTERS.map((f) => ({ value: f, label: FILTER_WORDS[f] }))} />
        <Button kind="quiet">Lọc</Button>
      </Form>
      <Table caption="Tin nhắn, mới nhất trước" columns={columns} rows={found.lines} rowKey={(m) => m.id} empty={<p>Không có tin nào khớp. Tin được lập khi có việc xảy ra với hồ sơ.</p>} />
      <NewerOlder {...pagesAround(MESSAGES, req.c.req.query(), found.page, found.hasNext)} />
    </Page>,
  )
}

const OneDelivery = (props: { readonly req: Req; readonly delivery: Delivery; readonly lang: 'vi' | 'en' }) => {
  const { req, delivery: d, lang } = props
  const { words, tone } = DELIVERY_WORDS[d.state]
  return (
    <section class="message-delivery" aria-labelledby={`way-${d.channel}`}>
      <h2 id={`way-${d.channel}`}>
        {CHANNEL_WORDS[d.channel]} <Badge tone={tone}>{words}</Badge>
      </h2>
      {d.drawn === undefined ? <p class="soft">Người nhận đã xóa dữ liệu: không dựng lại được tin.</p> : <Drawn channel={d.channel} {...d.drawn} lang={lang} />}
      <KeyValue
        items={[
          ['Gửi lúc', d.sentAt === null ? null : formatInstant(d.sentAt)],
          ['Thử lần cuối', d.sentAt === null && d.triedAt !== null ? formatInstant(d.triedAt) : null],
          ['Số lần thử', d.attempts === 0 ? null : String(d.attempts)],
          ['Qua', d.provider === 'simulator' ? 'mô phỏng' : d.provider],
          ['Lý do', d.reason === null ? null : reasonInWords(d.reason)],
          ['Số tin tính tiền', d.channel === 'sms' && d.drawn !== undefined ? String(smsParts(d.drawn.text)) : null],
        ]}
      />
      {(d.state === 'dead' || d.state === 'refused') && (
        <Form view={req.view} action={`${MESSAGES}/gui-lai`} submissionKey={newId(req.ctx.now)} class="inline-form" label={`Gửi lại qua ${CHANNEL_WORDS[d.channel]}`}>
          <input type="hidden" name="lan-gui" value={d.id} />
          <input type="hidden" name="tin" value={req.c.req.param('id') ?? ''} />
          <Button>Gửi lại</Button>
        </Form>
      )}
    </section>
  )
}

const DONE: Readonly<Record<string, { readonly ok: boolean; readonly words: string }>> = {
  'gui-lai': { ok: true, words: 'Tin sẽ được gửi lại ngay.' },
  'khong-hong': { ok: false, words: 'Lần gửi này không còn hỏng: tin đã đi, hoặc đang được gửi lại.' },
}

const MessagePage = (props: { readonly req: Req; readonly message: MessageView }) => {
  const { req, message: m } = props
  const done = DONE[req.c.req.query('xong') ?? '']
  return (
    <Page view={req.view} title={m.kindName} area="admin" current={MESSAGES} width="narrow">
      <Breadcrumb items={[{ href: MESSAGES, label: 'Tin nhắn' }, { label: m.kindName }]} />
      <PageHead title={m.kindName} lead={<span class="num">{m.code ?? ''}</span>} />
      {done !== undefined && (
        <Notice tone={done.ok ? 'ok' : 'soon'} role="status">
          {done.words}
        </Notice>
      )}
      <KeyValue
        items={[
          ['Việc xảy ra lúc', formatInstant(m.at)],
          ['Tình trạng', m.state === 'waiting' ? `chờ gửi lúc ${formatInstant(m.dueAt)}` : m.intoId === null ? STATE_WORDS[m.state] : <a href={`${MESSAGES}/${m.intoId}`}>{STATE_WORDS[m.state]}</a>],
          ['Người nhận', m.recipient],
          ['Ngôn ngữ', m.lang === null ? null : LANG_WORDS[m.lang]],
        ]}
      />
      {m.preview !== undefined && (
        <section aria-labelledby="preview">
          <h2 id="preview">Nếu gửi bây giờ</h2>
          <Drawn channel="email" {...m.preview} lang="vi" />
        </section>
      )}
      {m.deliveries.map((delivery) => (
        <OneDelivery req={req} delivery={delivery} lang={m.lang ?? 'vi'} />
      ))}
    </Page>
  )
}

const showOne = async (req: Req): Promise<Response> => {
  const id = req.c.req.param('id') ?? ''
  if (!isUuid(id)) throw new NotFound('message')
  return html(req, <MessagePage req={req} message={await getMessage(req.ctx, id, { publicUrl: req.publicUrl, city: req.view.cityName })} />)
}

const resend = async (req: Req): Promise<Response> => {
  const form = await readForm(req)
  const parsed = ResendDelivery.safeParse({ submissionKey: form.get('submissionKey'), deliveryId: form.get('lan-gui') })
  if (!parsed.success) throw new NotFound('delivery')
  const resent = await resendDelivery(req.ctx, parsed.data)
  return seeOther(req, `${MESSAGES}/${resent.ok ? `${resent.value.messageId}?xong=gui-lai` : `${isUuid(form.get('tin')) ? form.get('tin') : ''}?xong=khong-hong`}`)
}

export const messageListRoutes: readonly Route[] = [
  { method: 'GET', path: MESSAGES, access: 'messages.manage', handle: showList },
  { method: 'GET', path: `${MESSAGES}/:id`, access: 'messages.manage', handle: showOne },
  { method: 'POST', path: `${MESSAGES}/gui-lai`, access: 'messages.manage', handle: resend },
]
