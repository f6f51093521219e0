import { NotFound } from '#kernel/errors.ts'
import { type DiffLine, compareRevisions, displayName, listRevisions } from '#modules/catalogue'
import { type Req, html } from '../http.ts'
import { Breadcrumb, Button, Empty, Form, Page, PageHead, Select } from '../ui/index.ts'
import { FIELD_NAMES } from './catalogue-words.ts'

/** `?tu=1&den=2`; without them the newest and the one before. */
export const showComparison = async (req: Req): Promise<Response> => {
  const revisions = await listRevisions(req.ctx, req.c.req.param('ma') ?? '')
  const newest = revisions[0]
  if (newest === undefined) throw new NotFound('procedure')
  const pick = (name: string, otherwise: number) => revisions.find((r) => r.n === (Number.parseInt(req.c.req.query(name) ?? '', 10) || otherwise)) ?? newest
  const [after, before] = [pick('den', newest.n), pick('tu', Math.max(1, newest.n - 1))]
  const diffs = compareRevisions(before, after)
  const options = revisions.map((r) => ({ value: String(r.n), label: `Bản ${r.n}${r.isCurrent ? ' (đang có hiệu lực)' : ''}` }))
  return html(
    req,
    <Page view={req.view} title={`So sánh ${newest.code}`} area="admin" current="/quan-tri/thu-tuc">
      <Breadcrumb items={[{ href: '/quan-tri/thu-tuc', label: 'Danh mục thủ tục' }, { href: `/quan-tri/thu-tuc/${newest.code}`, label: newest.code }, { label: 'So sánh' }]} />
      <PageHead title={displayName(newest.name)} lead={`Bản ${before.n} so với bản ${after.n}: ${diffs.length} mục khác nhau.`} />
      <Form view={req.view} method="get" action={`/quan-tri/thu-tuc/${newest.code}/so-sanh`} class="filter-bar">
        <Select name="tu" label="Từ bản" size="medium" value={String(before.n)} options={options} />
        <Select name="den" label="Đến bản" size="medium" value={String(after.n)} options={options} />
        <Button kind="quiet">So sánh</Button>
      </Form>
      {diffs.length === 0 && <Empty>Hai bản giống nhau.</Empty>}
      {diffs.map((diff) => (
        <section>
          <h2>{FIELD_NAMES[diff.field]}</h2>
          <ul class="diff">
            {around(diff.lines).map((line) => (
              <Line line={line} />
            ))}
          </ul>
        </section>
      ))}
    </Page>,
  )
}

const Line = (props: { readonly line: DiffLine | undefined }) => {
  const { line } = props
  if (line === undefined) return <li class="same">…</li>
  if (line.kind === 'same') return <li class="same">{line.text}</li>
  return (
    <li class={line.kind}>
      {line.kind === 'added' ? (
        <ins>
          <span class="visually-hidden">Thêm: </span>
          {line.text}
        </ins>
      ) : (
        <del>
          <span class="visually-hidden">Bỏ: </span>
          {line.text}
        </del>
      )}
    </li>
  )
}

/** Unchanged lines only beside changed ones; `undefined` stands for what was left out. */
const around = (lines: readonly DiffLine[]): readonly (DiffLine | undefined)[] => {
  const isNear = (i: number) => [-1, 0, 1].some((d) => (lines[i + d]?.kind ?? 'same') !== 'same')
  const kept = lines.map((line, i) => (isNear(i) ? line : undefined))
  return kept.filter((line, i) => line !== undefined || (i > 0 && kept[i - 1] !== undefined))
}
