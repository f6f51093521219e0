/** Charts drawn on the server as SVG, each with its table under it: readable without script, with a screen reader, on paper. */
import type { Child } from 'hono/jsx'
import { useWord } from './lang.ts'

export type Point = { readonly label: string; readonly value: number; readonly href?: string }
type ChartProps = { readonly title: string; readonly points: readonly Point[]; readonly format?: (value: number) => string; readonly unit?: string }

const plain = (value: number) => String(value).replace('.', ',')

const Figure = (props: ChartProps & { readonly children?: Child }) => {
  const word = useWord()
  const format = props.format ?? plain
  return (
    <figure class="chart">
      <figcaption>{props.title}</figcaption>
      {props.children}
      <details>
        <summary>{word({ vi: 'Xem bảng số', en: 'Show the table' })}</summary>
        <table>
          <tbody>
            {props.points.map((point) => (
              <tr>
                <th scope="row">{point.href === undefined ? point.label : <a href={point.href}>{point.label}</a>}</th>
                <td class="n">
                  {format(point.value)} {props.unit}
                </td>
              </tr>
            ))}
          </tbody>
        </table>
      </details>
    </figure>
  )
}

const ROW = 26

/** Horizontal bars from zero. */
export const BarChart = (props: ChartProps) => {
  const format = props.format ?? plain
  const top = Math.max(1, ...props.points.map((p) => p.value))
  return (
    <Figure {...props}>
      <svg class="bar-chart" viewBox={`0 0 400 ${props.points.length * ROW}`} width="400" height={props.points.length * ROW} role="img" aria-label={props.title}>
        {props.points.map((point, i) => (
          <>
            <text x="0" y={i * ROW + 16}>
              {point.label}
            </text>
            <rect x="150" y={i * ROW + 6} width={((point.value / top) * 195).toFixed(1)} height="12" rx="2" />
            <text class="n" x={(155 + (point.value / top) * 195).toFixed(1)} y={i * ROW + 16}>
              {format(point.value)}
            </text>
          </>
        ))}
      </svg>
    </Figure>
  )
}

/** A line over time; the axis starts at the smallest value and says so. */
export const LineChart = (props: ChartProps) => {
  const format = props.format ?? plain
  const values = props.points.map((p) => p.value)
  const [low, high] = [Math.min(...values), Math.max(...values)]
  const range = high - low || 1
  const step = 380 / Math.max(1, props.points.length - 1)
  const at = (point: Point, i: number) => [10 + i * step, 100 - ((point.value - low) / range) * 80] as const
  const last = props.points.at(-1)
  return (
    <Figure {...props}>
      <svg class="line-chart" viewBox="0 0 400 130" width="400" height="130" role="img" aria-label={props.title}>
        <line x1="10" x2="390" y1="105" y2="105" />
        <polyline points={props.points.map((p, i) => at(p, i).map((n) => n.toFixed(1)).join(',')).join(' ')} />
        {last !== undefined && <circle cx={at(last, props.points.length - 1)[0].toFixed(1)} cy={at(last, props.points.length - 1)[1].toFixed(1)} r="3.5" />}
        <text x="10" y="122">
          {props.points[0]?.label} · {format(props.points[0]?.value ?? 0)}
        </text>
        <text x="390" y="122" class="end">
          {last?.label} · {format(last?.value ?? 0)}
        </text>
      </svg>
    </Figure>
  )
}

export type HeatRow = { readonly label: string; readonly values: readonly number[] }

/** Rows × columns; five steps of one tone, the number in every cell. */
export const HeatChart = (props: { readonly title: string; readonly columns: readonly string[]; readonly rows: readonly HeatRow[] }) => {
  const top = Math.max(1, ...props.rows.flatMap((r) => r.values))
  return (
    <figure class="chart">
      <figcaption>{props.title}</figcaption>
      <div class="table-wrap scroll" tabindex={0} role="region" aria-label={props.title}>
        <table class="heat">
          <thead>
            <tr>
              <th scope="col">
                <span class="visually-hidden">Dòng</span>
              </th>
              {props.columns.map((c) => (
                <th scope="col" class="n">
                  {c}
                </th>
              ))}
            </tr>
          </thead>
          <tbody>
            {props.rows.map((row) => (
              <tr>
                <th scope="row">{row.label}</th>
                {row.values.map((value) => (
                  <td class={`n heat-${value === 0 ? 0 : Math.min(4, Math.ceil((value / top) * 4))}`}>{plain(value)}</td>
                ))}
              </tr>
            ))}
          </tbody>
        </table>
      </div>
    </figure>
  )
}
