/** PURE. From the source of a form (`data/forms/`) to its content: layout and JSON Schema 2020-12 from the same lines, sub-forms put in, pointers made absolute. */
import { type Json, canonical, sha256Hex } from '#kernel/digest.ts'
import { allOf, mapPointers, pointersOf, schemaOf } from './condition.ts'
import type { Condition, ElectronicForm, FormCheck, FormContent, FormField, FormItem, JsonSchema, Pointer, PrefillSource } from './electronic-form.ts'
import { fieldSchema } from './field-schema.ts'
import type { FieldSource, FormSource, GroupSource, ItemSource, RowsSource, SharedSource } from './form-source.ts'
import { keysOf, pointerTo } from './pointers.ts'

/** One answer that must be there, and when: the part of the condition outside a row, and the part that only the row knows. */
type Must = { readonly at: Pointer; readonly when: Condition | undefined }
type Build = {
  readonly shared: SharedSource['subforms']
  readonly musts: Must[]
  readonly leaves: { readonly at: Pointer; readonly schema: JsonSchema }[]
  readonly rows: { readonly at: Pointer; readonly min: number; readonly max: number; readonly when: Condition | undefined }[]
  readonly prefill: Record<Pointer, PrefillSource>
  readonly checks: FormContent['checks'][number][]
}
/** Where an item stands. `when` = shown, `asked` = and required. */
type Place = { readonly base: Pointer; readonly context: string; readonly contextEn: string; readonly when: Condition | undefined; readonly asked: Condition | undefined | false }

export const compileForm = (source: FormSource, shared: SharedSource['subforms']): ElectronicForm => {
  const build: Build = { shared, musts: [], leaves: [], rows: [], prefill: {}, checks: [] }
  const layout = source.sections.map((s) => {
    const base = s.at === undefined ? '' : `/${s.at}`
    const shownIf = absolute(s.shownIf, '')
    const place: Place = { base, context: s.title, contextEn: s.titleEn, when: shownIf, asked: allOf(shownIf, absolute(s.requiredIf, '')) }
    return { key: s.key, title: s.title, titleEn: s.titleEn, ...given({ note: s.note, noteEn: s.noteEn, shownIf }), items: s.items.flatMap((i) => item(build, i, place)) }
  })
  const content: FormContent = {
    slug: source.slug,
    title: source.title,
    titleEn: source.titleEn,
    number: source.number,
    legalBasis: source.legalBasis,
    procedures: source.procedures,
    layout,
    schema: rootSchema(source, build),
    prefill: build.prefill,
    checks: [...build.checks, ...source.checks.map(checkOf)],
    copies: source.copies.map((c) => ({ if: mapPointers(c.if, (at) => resolve(at, '')), from: resolve(c.from, ''), to: resolve(c.to, ''), keys: c.keys })),
  }
  return { ...content, version: versionOf(content) }
}

const checkOf = ({ check, at, with: other, among, if: when, ...rest }: FormSource['checks'][number]): FormCheck => ({
  ...given({ ...rest, with: other === undefined ? undefined : resolve(other, ''), among: among?.map((one) => resolve(one, '')), if: absolute(when, '') }),
  check,
  at: resolve(at, ''),
  level: rest.level,
  say: rest.say,
})

/** The text that the version is the digest of, and that is published. Key order and undefined members make no difference. */
export const textOfForm = (content: FormContent): string => {
  const { slug, title, titleEn, number, legalBasis, procedures, schema, layout, prefill, checks, copies } = content
  return canonical(json({ slug, title, titleEn, number, legalBasis, procedures, schema, layout, prefill, checks, copies }))
}
const versionOf = (content: FormContent): string => sha256Hex(textOfForm(content))
const json = (value: unknown): Json => JSON.parse(JSON.stringify(value)) as Json

/** Without the members that are not there: `exactOptionalPropertyTypes` in spirit. */
type Given<T> = { [K in keyof T]?: Exclude<T[K], undefined> }
const given = <T extends object>(members: T): Given<T> => Object.fromEntries(Object.entries(members).filter(([, v]) => v !== undefined)) as Given<T>

/** `kind` beside, `../kind` one further out, `/kind` from the root. */
const resolve = (at: string, base: Pointer): Pointer => {
  if (at.startsWith('/')) return at
  const up = at.split('/').filter((k) => k === '..').length
  const keys = keysOf(base)
  return pointerTo([...keys.slice(0, keys.length - up), ...at.split('/').filter((k) => k !== '..')])
}
const absolute = (condition: Condition | undefined, base: Pointer): Condition | undefined => (condition === undefined ? undefined : mapPointers(condition, (at) => resolve(at, base)))

const item = (build: Build, source: ItemSource, place: Place): readonly FormItem[] => {
  if ('use' in source) return used(build, source, place)
  if ('group' in source) return [group(build, source, place)]
  if ('rows' in source) return [rows(build, source, place)]
  return [field(build, source, place)]
}

const used = (build: Build, source: Extract<ItemSource, { use: string }>, place: Place): readonly FormItem[] => {
  const items = build.shared[source.use]
  if (items === undefined) throw new Error(`no sub-form ${source.use}`)
  const keyOf = (i: ItemSource) => ('group' in i ? i.group : 'rows' in i ? i.rows : 'use' in i ? i.use : i.key)
  const strange = [...(source.only ?? []), ...Object.keys(source.set ?? {})].find((key) => !items.some((i) => keyOf(i) === key))
  if (strange !== undefined) throw new Error(`sub-form ${source.use} has no ${strange}`)
  return items
    .filter((i) => source.only?.includes(keyOf(i)) !== false)
    .flatMap((i) => {
      const changes = source.set?.[keyOf(i)]
      const changed = changes === undefined ? i : ({ ...i, ...given(changes) } as ItemSource)
      return item(build, changed, place)
    })
}

const group = (build: Build, source: GroupSource, place: Place): FormItem => {
  const base = `${place.base}/${source.group}`
  const shownIf = absolute(source.shownIf, place.base)
  const asked = place.asked === false || source.requiredIf === false ? false : allOf(place.asked, shownIf, absolute(source.requiredIf, place.base))
  const inside: Place = { base, context: `${place.context} – ${lower(source.title)}`, contextEn: `${place.contextEn} – ${lower(source.titleEn)}`, when: allOf(place.when, shownIf), asked }
  if (source.as === 'address') build.checks.push({ check: 'commune-in-province', at: `${base}/communeCode`, with: `${base}/provinceCode`, level: 'error', say: 'Chọn xã, phường, đặc khu thuộc tỉnh, thành phố đã chọn.', sayEn: 'Choose a commune or ward of the province that you chose.' })
  if (source.as === 'identity-paper') build.checks.push(...paperChecks(base))
  const items = source.items.flatMap((i) => item(build, i, inside))
  return { kind: 'group', at: base, title: source.title, titleEn: source.titleEn, ...given({ hint: source.hint, hintEn: source.hintEn, shownIf, as: source.as }), items }
}

const rows = (build: Build, source: RowsSource, place: Place): FormItem => {
  const at = `${place.base}/${source.rows}`
  const shownIf = absolute(source.shownIf, place.base)
  const when = allOf(place.when, shownIf)
  build.rows.push({ at, min: source.min, max: source.max, when: allOf(place.asked === false ? undefined : place.asked, shownIf) })
  const inside: Place = { base: `${at}/*`, context: `${source.rowTitle} {n}`, contextEn: `${source.rowTitleEn} {n}`, when, asked: allOf(place.asked === false ? undefined : place.asked, shownIf) }
  const items = source.items.flatMap((i) => item(build, i, inside))
  const { title, titleEn, rowTitle, rowTitleEn, min, max } = source
  return { kind: 'rows', at, title, titleEn, context: place.context, rowTitle, rowTitleEn, contextEn: place.contextEn, ...given({ hint: source.hint, hintEn: source.hintEn, shownIf, as: source.as }), min, max, items }
}

const field = (build: Build, source: FieldSource, place: Place): FormField => {
  const at = `${place.base}/${source.key}`
  const shownIf = absolute(source.shownIf, place.base)
  const wanted = source.required ?? true
  const own = typeof wanted === 'boolean' ? undefined : absolute(wanted, place.base)
  // Computed answers are made by the program: a missing one is no fault of who filed.
  const asked = wanted === false || place.asked === false || source.control === 'computed' ? false : allOf(place.asked, shownIf, own)
  build.leaves.push({ at, schema: fieldSchema(source) })
  if (asked !== false) build.musts.push({ at, when: asked })
  if (source.prefill !== undefined) build.prefill[at] = source.prefill
  checksOf(build, source, at, place)
  const { key: _, required: _r, shownIf: _s, pattern: _p, min: _n, max: _x, when: _w, must: _m, prefill: _f, from, ...rest } = source
  return {
    ...given(rest),
    kind: 'field',
    at,
    control: source.control,
    label: source.label,
    labelEn: source.labelEn,
    context: place.context,
    contextEn: place.contextEn,
    // What pages mark as required: within what is shown, so the conditions of showing are left out.
    required: asked === false ? false : (requiredHere(asked, allOf(place.when, shownIf)) ?? true),
    ...given({ shownIf, from: from?.map((f) => resolve(f, place.base)) }),
  }
}

/** Where showing and asking are the same, a shown field is simply required. */
const requiredHere = (asked: Condition | undefined, shown: Condition | undefined): Condition | undefined => {
  if (asked === undefined) return undefined
  return JSON.stringify(asked) === JSON.stringify(shown) ? undefined : asked
}

/** Rules that follow from the kind of field: days that cannot be, and what twelve digits say about a person (A6). */
const checksOf = (build: Build, source: FieldSource, at: Pointer, place: Place): void => {
  const [what, whatEn] = [lower(source.label), lower(source.labelEn)]
  const note = (check: Omit<FormCheck, 'at'>) => build.checks.push({ ...check, at })
  if (source.when === 'past') note({ check: 'not-after-today', level: 'error', say: `${source.label} không được sau ngày hôm nay.`, sayEn: `${source.labelEn} must not be after today.` })
  if (source.when === 'future') note({ check: 'not-before-today', level: 'error', say: `${source.label} không được trước ngày hôm nay.`, sayEn: `${source.labelEn} must not be before today.` })
  if (source.format !== 'personal-number') return
  const person = place.base === '' ? '/' : place.base
  note({ check: 'personal-number-place', level: 'warning', say: `Xem lại ${what}: ba số đầu không phải mã của tỉnh hay nước nào.`, sayEn: `Look again at the ${whatEn}: its first three digits are no province and no country.` })
  note({ check: 'personal-number-gender', with: person, level: 'warning', say: `Xem lại ${what}: số thứ tư chưa khớp với giới tính đã khai.`, sayEn: `Look again at the ${whatEn}: its fourth digit does not go with the gender that you gave.` })
  note({ check: 'personal-number-year', with: person, level: 'warning', say: `Xem lại ${what}: số thứ tư đến thứ sáu chưa khớp với năm sinh đã khai.`, sayEn: `Look again at the ${whatEn}: digits four to six do not go with the year of birth that you gave.` })
}

/** A3: what the number of each kind of paper looks like, and that the paper is in force. */
const paperChecks = (base: Pointer): readonly FormCheck[] => [
  { check: 'identity-paper-number', at: `${base}/number`, with: `${base}/kind`, level: 'error', say: 'Số giấy tờ chưa đúng với loại đã chọn: căn cước 12 chữ số, chứng minh nhân dân 9 hoặc 12, hộ chiếu Việt Nam một chữ cái và 7 hoặc 8 chữ số.', sayEn: 'The number does not fit the kind of paper: identity card 12 digits, old card 9 or 12, Vietnamese passport one letter and 7 or 8 digits.' },
  { check: 'not-before-today', at: `${base}/expiryDate`, level: 'warning', say: 'Giấy tờ này đã hết hạn. Khi đến làm thủ tục cần giấy tờ còn giá trị.', sayEn: 'This paper has expired. Bring one that is in force when you come.' },
  { check: 'before', at: `${base}/issueDate`, with: `${base}/expiryDate`, level: 'error', say: 'Ngày cấp phải trước ngày hết hạn.', sayEn: 'The date of issue must be before the date of expiry.' },
]

export const lower = (text: string): string => (/^\p{Lu}{2}/u.test(text) ? text : `${text.charAt(0).toLowerCase()}${text.slice(1)}`)

type Node = { schema: JsonSchema | undefined; children: Map<string, Node>; rows: { min: number; max: number } | undefined }

const rootSchema = (source: FormSource, build: Build): JsonSchema => {
  const root: Node = { schema: undefined, children: new Map(), rows: undefined }
  const at = (pointer: Pointer) =>
    keysOf(pointer).reduce<Node>((node, key) => {
      const child = node.children.get(key) ?? { schema: undefined, children: new Map<string, Node>(), rows: undefined }
      node.children.set(key, child)
      return child
    }, root)
  for (const leaf of build.leaves) at(leaf.at).schema = leaf.schema
  for (const list of build.rows) at(list.at).rows = { min: list.min, max: list.max }
  const always = build.musts.filter((m) => m.when === undefined)
  const sometimes = Map.groupBy(
    build.musts.filter((m) => m.when !== undefined),
    (m) => JSON.stringify([rowOf(m), m.when]),
  )
  const conditional = [...sometimes.values()].map((musts) => {
    const [first] = musts
    const [row, when] = first === undefined ? [undefined, undefined] : [rowOf(first), first.when]
    const inside = row === undefined ? [] : keysOf(row)
    const then: JsonSchema = { allOf: musts.map((m) => needs(keysOf(m.at).slice(inside.length))) }
    const rule: JsonSchema = when === undefined ? then : { if: schemaOf(row === undefined ? when : mapPointers(when, (p) => p.slice(row.length))), then }
    return within(inside, rule)
  })
  const counted = build.rows.filter((r) => r.min > 0).map((r): JsonSchema => {
    const then = needs(keysOf(r.at))
    return r.when === undefined ? then : { if: schemaOf(r.when), then }
  })
  return {
    $schema: 'https://json-schema.org/draft/2020-12/schema',
    title: source.title,
    ...schemaOfNode(root),
    allOf: [...always.map((m) => within(rowKeys(m.at), needs(keysOf(m.at).slice(rowKeys(m.at).length)))), ...conditional, ...counted],
  }
}

const schemaOfNode = (node: Node): JsonSchema => {
  if (node.schema !== undefined) return node.schema
  const row = node.children.get('*')
  if (node.rows !== undefined && row !== undefined) return { type: 'array', minItems: node.rows.min, maxItems: node.rows.max, items: schemaOfNode(row) }
  return { type: 'object', properties: Object.fromEntries([...node.children].map(([key, child]) => [key, schemaOfNode(child)])), additionalProperties: false }
}

/** The keys up to and with the last `*`. */
const rowKeys = (at: Pointer): readonly string[] => keysOf(at).slice(0, keysOf(at).lastIndexOf('*') + 1)

/** The row that must be asked itself; undefined where the condition stands outside. A condition that asks both cannot be written as one `if`. */
const rowOf = (must: Must): Pointer | undefined => {
  const keys = rowKeys(must.at)
  if (keys.length === 0 || must.when === undefined) return undefined
  const row = pointerTo(keys)
  const inside = pointersOf(must.when).filter((p) => p.startsWith(`${row}/`))
  if (inside.length === 0) return undefined
  if (inside.length < pointersOf(must.when).length) throw new Error(`${must.at}: a condition asks its row and the rest of the form`)
  return row
}

const needs = (keys: readonly string[]): JsonSchema => {
  const [key, ...rest] = keys
  if (key === undefined) return {}
  if (key === '*') return { type: 'array', items: needs(rest) }
  return rest.length === 0 ? { type: 'object', required: [key] } : { type: 'object', ...(rest[0] === '*' ? {} : { required: [key] }), properties: { [key]: needs(rest) } }
}
const within = (keys: readonly string[], schema: JsonSchema): JsonSchema => {
  const [key, ...rest] = keys
  if (key === undefined) return schema
  return key === '*' ? { type: 'array', items: within(rest, schema) } : { type: 'object', properties: { [key]: within(rest, schema) } }
}
