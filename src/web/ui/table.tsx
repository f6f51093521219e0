import type { Child } from 'hono/jsx'
import { Icon } from './icon.tsx'
import { useWord } from './lang.ts'

export type Column<Row> = {
  readonly key: string
  readonly head: Child
  readonly cell: (row: Row) => Child
  /** Right-aligned, tabular figures. */
  readonly numeric?: boolean
  /** A link that sorts by this column; `dir` when it is the one in force. */
  readonly sort?: { readonly href: string; readonly dir?: 'asc' | 'desc' }
  /** The cell that names the row: a row header, and the title of its card on a phone. */
  readonly primary?: boolean
  /** Left out on a phone. */
  readonly minor?: boolean
  readonly nowrap?: boolean
}

export type TableProps<Row> = {
  /** What the table shows; read out, seen only with `showCaption`. */
  readonly caption: string
  readonly showCaption?: boolean
  readonly columns: readonly Column<Row>[]
  readonly rows: readonly Row[]
  readonly rowKey?: (row: Row) => string
  /** Where `Enter` goes on this row (officer pages). */
  readonly rowHref?: (row: Row) => string
  readonly rowTone?: (row: Row) => 'selected' | 'soft' | undefined
  /** A checkbox for each row, with this name. */
  readonly select?: { readonly name: string; readonly value: (row: Row) => string; readonly label: (row: Row) => string; readonly form?: string; readonly enabled?: (row: Row) => boolean }
  /** Shown instead of rows. */
  readonly empty?: Child
  readonly loading?: boolean
  /** On a phone: `cards` (default), or `scroll` sideways for figures that must stay in columns. */
  readonly phone?: 'cards' | 'scroll'
  readonly foot?: Child
  readonly id?: string
}

const HeadCell = <Row,>(props: { readonly column: Column<Row> }) => {
  const { column } = props
  const { sort } = column
  const ariaSort = sort?.dir === undefined ? undefined : sort.dir === 'asc' ? 'ascending' : 'descending'
  return (
    <th scope="col" class={column.numeric === true ? 'n' : undefined} aria-sort={ariaSort}>
      {sort === undefined ? (
        column.head
      ) : (
        <a href={sort.href}>
          {column.head}
          {sort.dir !== undefined && <Icon name={sort.dir === 'asc' ? 'up' : 'down'} />}
        </a>
      )}
    </th>
  )
}

const cellClass = <Row,>(column: Column<Row>): string | undefined => {
  const names = [column.numeric === true ? 'n' : '', column.minor === true ? 'minor' : '', column.nowrap === true ? 'nowrap' : ''].filter((v) => v !== '')
  return names.length === 0 ? undefined : names.join(' ')
}

const Cell = <Row,>(props: { readonly column: Column<Row>; readonly row: Row }) => {
  const { column, row } = props
  const label = typeof column.head === 'string' ? column.head : column.key
  return column.primary === true ? (
    <th scope="row" class={cellClass(column)}>
      {column.cell(row)}
    </th>
  ) : (
    <td class={cellClass(column)} data-label={label}>
      {column.cell(row)}
    </td>
  )
}

/** Sticky head, tabular figures, one card per row on a phone. `loading` dims the rows and says so. */
export const Table = <Row,>(props: TableProps<Row>) => {
  const word = useWord()
  if (props.rows.length === 0 && props.loading !== true) return <Empty>{props.empty ?? word({ vi: 'Chưa có gì ở đây.', en: 'Nothing here yet.' })}</Empty>
  return (
    <div class={`table-wrap ${props.phone ?? 'cards'}`} {...(props.phone === 'scroll' ? { tabindex: 0, role: 'region', 'aria-label': props.caption } : {})}>
      <table id={props.id} aria-busy={props.loading === true ? 'true' : undefined}>
        <caption class={props.showCaption === true ? undefined : 'visually-hidden'}>{props.caption}</caption>
        <thead>
          <tr>
            {props.select !== undefined && (
              <th scope="col" class="select">
                <span class="visually-hidden">{word({ vi: 'Chọn', en: 'Select' })}</span>
              </th>
            )}
            {props.columns.map((column) => (
              <HeadCell column={column} />
            ))}
          </tr>
        </thead>
        <tbody>
          {props.rows.map((row) => (
            <Row row={row} table={props} />
          ))}
        </tbody>
        {props.foot !== undefined && <tfoot>{props.foot}</tfoot>}
      </table>
    </div>
  )
}

const Row = <Row,>(props: { readonly row: Row; readonly table: TableProps<Row> }) => {
  const { row, table } = props
  const { select } = table
  return (
    <tr class={table.rowTone?.(row)} id={table.rowKey === undefined ? undefined : `row-${table.rowKey(row)}`} data-href={table.rowHref?.(row)}>
      {select !== undefined && (
        <td class="select">
          {select.enabled?.(row) !== false && <input type="checkbox" name={select.name} value={select.value(row)} aria-label={select.label(row)} form={select.form} />}
        </td>
      )}
      {table.columns.map((column) => (
        <Cell column={column} row={row} />
      ))}
    </tr>
  )
}

export const Empty = (props: { readonly children?: Child }) => <div class="empty">{props.children}</div>

/** Pages of a list. `href` makes the address of a page; pages count from 1. */
export const Pager = (props: { readonly page: number; readonly pages: number; readonly href: (page: number) => string }) => {
  const word = useWord()
  if (props.pages <= 1) return null
  const near = [...new Set([1, props.page - 1, props.page, props.page + 1, props.pages])].filter((n) => n >= 1 && n <= props.pages).sort((a, b) => a - b)
  return (
    <nav class="pager" aria-label={word({ vi: 'Trang kết quả', en: 'Pages' })}>
      {props.page > 1 && (
        <a href={props.href(props.page - 1)} rel="prev">
          ← {word({ vi: 'Trước', en: 'Previous' })}
        </a>
      )}
      {near.map((n, i) => (
        <>
          {i > 0 && n - (near[i - 1] ?? n) > 1 && <span aria-hidden="true">…</span>}
          <a href={props.href(n)} aria-current={n === props.page ? 'page' : undefined} aria-label={`${word({ vi: 'Trang', en: 'Page' })} ${n}`}>
            {n}
          </a>
        </>
      ))}
      {props.page < props.pages && (
        <a href={props.href(props.page + 1)} rel="next">
          {word({ vi: 'Sau', en: 'Next' })} →
        </a>
      )}
    </nav>
  )
}

/** Of lists that nobody counts through: there is a page before, or only the way to the `first`, and perhaps one after. */
export const NewerOlder = (props: { readonly first?: string | undefined; readonly newer?: string | undefined; readonly older: string | undefined; readonly page?: number }) =>
  props.first === undefined && props.newer === undefined && props.older === undefined ? null : (
    <nav class="pager" aria-label="Trang kết quả">
      {props.first !== undefined && <a href={props.first}>Về đầu danh sách</a>}
      {props.newer !== undefined && (
        <a href={props.newer} rel="prev">
          ← Mới hơn
        </a>
      )}
      {props.page !== undefined && <span aria-current="page">Trang {props.page}</span>}
      {props.older !== undefined && (
        <a href={props.older} rel="next">
          Cũ hơn →
        </a>
      )}
    </nav>
  )

/** Their addresses, where pages are counted: `trang` beside what else was asked. */
export const pagesAround = (path: string, query: Readonly<Record<string, string>>, page: number, hasNext: boolean) => {
  const at = (n: number) => `${path}?${new URLSearchParams({ ...query, trang: String(n) }).toString()}`
  return { page, newer: page > 1 ? at(page - 1) : undefined, older: hasNext ? at(page + 1) : undefined }
}
