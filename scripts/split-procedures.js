// Splits collected procedure records (JSON lines) into data/procedures/<field>.jsonl, which is what the product ships.
// Usage: node scripts/split-procedures.js FILE…
// Lines are copied byte for byte, so that provenance and digests stay those of the source; inside a file they are in the order of the code.
import { mkdir, readFile, readdir, rm, writeFile } from 'node:fs/promises'
import { join } from 'node:path'

const LIMIT = 2_000_000
const out = join(import.meta.dirname, '../data/procedures')

const slug = (text) =>
  text
    .normalize('NFD')
    .replace(/[\u0300-\u036f]/g, '')
    .toLowerCase()
    .replaceAll('đ', 'd')
    .replace(/[^a-z0-9]+/g, '-')
    .replace(/^-|-$/g, '')
    .slice(0, 60)
    .replace(/-$/, '')

const files = process.argv.slice(2)
if (files.length === 0) {
  console.error('usage: node scripts/split-procedures.js FILE…')
  process.exit(1)
}

/** @type {Map<string, Map<string, string>>} file name → code → line. Two spellings of one field have one slug, hence one file. */
const byField = new Map()
for (const file of files) {
  for (const line of (await readFile(file, 'utf8')).split('\n')) {
    if (line.trim() === '') continue
    if (line !== line.normalize('NFC')) throw new Error(`${file}: a line is not NFC`)
    const { code, field } = JSON.parse(line)
    const records = byField.get(slug(field)) ?? new Map()
    if (records.has(code)) throw new Error(`${file}: ${code} twice`)
    byField.set(slug(field), records.set(code, line))
  }
}

await mkdir(out, { recursive: true })
for (const old of await readdir(out)) if (old.endsWith('.jsonl')) await rm(join(out, old))
let total = 0
for (const [name, records] of byField) {
  const text = `${[...records].sort(([a], [b]) => (a < b ? -1 : 1)).map(([, line]) => line).join('\n')}\n`
  if (Buffer.byteLength(text) > LIMIT) throw new Error(`${name}.jsonl is larger than ${LIMIT} bytes`)
  await writeFile(join(out, `${name}.jsonl`), text)
  total += records.size
}
console.log(`${total} procedures in ${byField.size} files`)
