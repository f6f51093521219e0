/** `/mot-cua/tra-ket-qua`: results that wait for their owners; found by code, by the QR code of the receipt, or by who they are for (by POST: no name in an address). */
import { type FoundDossier, type ReadyResult, listReadyToReturn, searchDossiers, statusTitle } from '#modules/dossier'
import { type Req, type Route, html, readForm, seeOther } from '../http.ts'
import { shortName } from '../short-name.ts'
import { Badge, Button, Form, Notice, Page, PageHead, Table, Tabs } from '../ui/index.ts'
import { deskBadges } from './desk-badges.ts'
import { deskOf } from './desk-of.ts'
import { DELIVERY_WORDS, sendReturn, showReturn } from './return-form.tsx'
import { resultColumns } from './today.tsx'

const DELIVERIES = ['counter', 'postal', 'online'] as const

/** A scanner types what the QR code of the receipt says: an address that ends with the code. */
const typedCode = (q: string): string => /[?&]ma=([\w.-]+)/.exec(q)?.[1] ?? q

/** Matched, but not to be handed over here: the person at the counter is told where it is. */
const Elsewhere = (props: { readonly found: readonly FoundDossier[] }) => (
  <>
    <h2>Hồ sơ khớp, chưa có kết quả ở quầy</h2>
    <ul class="result-list" aria-label="Hồ sơ khớp, chưa có kết quả ở quầy">
      {props.found.map((d) => (
        <li>
          <a class="num" href={`/xu-ly/ho-so/${d.id}`}>
            {d.code}
          </a>{' '}
          <Badge>{statusTitle(d.status)}</Badge>
          <div class="soft small">
            {shortName(d.procedureName)} · {d.applicantName}
          </div>
        </li>
      ))}
    </ul>
  </>
)

const ListPage = (props: {
  readonly req: Req
  readonly badges: Readonly<Record<string, number>>
  readonly waiting: readonly ReadyResult[]
  readonly q: string
  readonly found?: readonly FoundDossier[]
  readonly done?: string | undefined
}) => {
  const { req, waiting, found, done } = props
  const wanted = DELIVERIES.find((delivery) => delivery === req.c.req.query('cach'))
  const matched = found === undefined ? undefined : new Set(found.map((d) => d.id))
  const rows = waiting.filter((row) => (matched === undefined || matched.has(row.id)) && (wanted === undefined || row.delivery === wanted))
  const elsewhere = (found ?? []).filter((d) => !waiting.some((row) => row.id === d.id))
  return (
    <Page view={req.view} title="Trả kết quả" area="desk" current="/mot-cua/tra-ket-qua" badges={props.badges}>
      {done !== undefined && (
        <Notice tone="ok" role="status">
          Đã trả kết quả hồ sơ <span class="num">{done}</span>.
        </Notice>
      )}
      <PageHead title="Trả kết quả" lead={`${waiting.length} kết quả đang chờ người nhận`} />
      <Form view={req.view} action="/mot-cua/tra-ket-qua" class="search small return-search" role="search" label="Tìm kết quả">
        <input
          type="search"
          name="q"
          value={props.q}
          placeholder="Quét mã QR, hoặc gõ mã, tên, số định danh"
          aria-label="Quét mã QR, hoặc gõ mã hồ sơ, tên, số định danh, điện thoại"
          autocomplete="off"
          autofocus={done === undefined}
        />
        <Button kind="quiet">Tìm</Button>
      </Form>
      {found === undefined && waiting.length > 0 && (
        <Tabs
          label="Cách trả kết quả"
          tabs={[
            { href: '/mot-cua/tra-ket-qua', label: 'Tất cả', count: waiting.length, current: wanted === undefined },
            ...DELIVERIES.map((delivery) => ({ href: `/mot-cua/tra-ket-qua?cach=${delivery}`, label: DELIVERY_WORDS[delivery], count: waiting.filter((r) => r.delivery === delivery).length, current: wanted === delivery })),
          ]}
        />
      )}
      <mc-rows>
        <Table
          caption="Kết quả chờ trả"
          columns={resultColumns(req.ctx.now)}
          rows={rows}
          rowHref={(r) => `/mot-cua/tra-ket-qua/${r.id}`}
          empty={
            found === undefined ? (
              <p>Không có kết quả nào đang chờ người nhận.</p>
            ) : (
              <p>
                Không có kết quả nào khớp đang chờ ở quầy này. <a href="/mot-cua/tra-ket-qua">Xem tất cả</a>
              </p>
            )
          }
        />
      </mc-rows>
      {elsewhere.length > 0 && <Elsewhere found={elsewhere} />}
    </Page>
  )
}

const showList = async (req: Req): Promise<Response> => {
  const [waiting, badges] = await Promise.all([listReadyToReturn(req.ctx, deskOf(req.ctx)), deskBadges(req.ctx)])
  const done = /^[\w.-]{6,40}$/.exec(req.c.req.query('ma') ?? '')?.[0]
  return html(req, <ListPage req={req} badges={badges} waiting={waiting} q="" done={done} />)
}

const findResult = async (req: Req): Promise<Response> => {
  const q = typedCode((await readForm(req)).get('q'))
  if (q === '') return seeOther(req, '/mot-cua/tra-ket-qua')
  const [waiting, found, badges] = await Promise.all([listReadyToReturn(req.ctx, deskOf(req.ctx)), searchDossiers(req.ctx, q, 50), deskBadges(req.ctx)])
  const ready = found.filter((d) => waiting.some((row) => row.id === d.id))
  // One answer: straight to the hand-over.
  const [only] = ready
  if (only !== undefined && ready.length === 1) return seeOther(req, `/mot-cua/tra-ket-qua/${only.id}`)
  return html(req, <ListPage req={req} badges={badges} waiting={waiting} q={q} found={found} />)
}

export const returnRoutes: readonly Route[] = [
  { method: 'GET', path: '/mot-cua/tra-ket-qua', access: 'dossier.return', handle: showList },
  { method: 'POST', path: '/mot-cua/tra-ket-qua', access: 'dossier.return', handle: findResult },
  { method: 'GET', path: '/mot-cua/tra-ket-qua/:id', access: 'dossier.return', handle: showReturn },
  { method: 'POST', path: '/mot-cua/tra-ket-qua/:id', access: 'dossier.return', handle: sendReturn },
]
