/** PURE. Two revisions field by field, as lines that a person can read: what went, what came, what stayed around it. */
import type { ProcedureRevision } from './procedure-revision.ts'

export type DiffLine = { readonly kind: 'same' | 'removed' | 'added'; readonly text: string }
/** Only fields that differ. `field` = key of `COMPARED_FIELDS`. */
type FieldDiff = { readonly field: ComparedField; readonly lines: readonly DiffLine[] }

const text = (value: string | null): readonly string[] => (value === null ? [] : value.split('\n').filter((l) => l.trim() !== ''))

const LINES = {
  name: (r) => [r.name],
  decisionNo: (r) => text(r.decisionNo),
  field: (r) => [r.field],
  levels: (r) => r.levels,
  publisher: (r) => text(r.publisher),
  subjects: (r) => r.subjects,
  methods: (r) =>
    r.methods.map((m) =>
      [
        m.channel,
        m.limitRaw ?? '–',
        ...m.fee.items.map((f) => [f.type, f.amountVnd, f.note].filter((v) => v !== null).join(' ')),
        m.fee.free === true ? 'miễn phí' : '',
        m.description ?? '',
      ]
        .filter((v) => v !== '')
        .join(' · '),
    ),
  components: (r) =>
    r.components.map((c) => `${c.group === null ? '' : `[${c.group}] `}${c.name} · ${c.originals} bản chính, ${c.copies} bản sao${c.templates.length > 0 ? ` · ${c.templates.join(', ')}` : ''}`),
  steps: (r) => r.steps.flatMap(text),
  results: (r) => r.results.map((x) => (x.code === null ? x.name : `${x.name} (${x.code})`)),
  conditions: (r) => text(r.conditions),
  executingAgency: (r) => text(r.executingAgency),
  competentAgency: (r) => text(r.competentAgency),
  coordinatingAgency: (r) => text(r.coordinatingAgency),
  receivingAddress: (r) => text(r.receivingAddress),
  legalBases: (r) => r.legalBases.map((b) => [b.number, b.title, b.issuedOn, b.issuer].filter((v) => v !== null).join(' · ')),
  description: (r) => text(r.description),
  keywords: (r) => text(r.keywords),
} satisfies Record<string, (r: ProcedureRevision) => readonly string[]>
export type ComparedField = keyof typeof LINES
const COMPARED_FIELDS = Object.keys(LINES) as readonly ComparedField[]

export const compareRevisions = (before: ProcedureRevision, after: ProcedureRevision): readonly FieldDiff[] =>
  COMPARED_FIELDS.flatMap((field) => {
    const lines = diffLines(LINES[field](before), LINES[field](after))
    return lines.every((l) => l.kind === 'same') ? [] : [{ field, lines }]
  })

/** Longest common subsequence by lines: a few hundred at the most. */
export const diffLines = (before: readonly string[], after: readonly string[]): readonly DiffLine[] => {
  const width = after.length + 1
  const longest = new Uint16Array((before.length + 1) * width)
  const at = (i: number, j: number) => longest[i * width + j] ?? 0
  for (let i = before.length - 1; i >= 0; i--) {
    for (let j = after.length - 1; j >= 0; j--) longest[i * width + j] = before[i] === after[j] ? at(i + 1, j + 1) + 1 : Math.max(at(i + 1, j), at(i, j + 1))
  }
  const lines: DiffLine[] = []
  let i = 0
  let j = 0
  while (i < before.length || j < after.length) {
    const [old, now] = [before[i], after[j]]
    if (old !== undefined && old === now) {
      lines.push({ kind: 'same', text: old })
      i++
      j++
    } else if (old !== undefined && (now === undefined || at(i + 1, j) >= at(i, j + 1))) {
      lines.push({ kind: 'removed', text: old })
      i++
    } else if (now !== undefined) {
      lines.push({ kind: 'added', text: now })
      j++
    }
  }
  return lines
}
