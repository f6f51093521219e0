/**
 * Reads printed papers back with tools that share no code with the drawing: poppler for text, fonts and pictures, zbar for codes.
 * Debian: `apt-get install poppler-utils zbar-tools`. Without them the checks say so and are left out on a developer's machine; in CI they fail.
 */
import { execFile } from 'node:child_process'
import { mkdtemp, readdir, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { promisify } from 'node:util'
import { inflateSync } from 'node:zlib'

const run = promisify(execFile)

const TOOLS = ['pdftotext', 'pdffonts', 'pdfinfo', 'pdftoppm', 'zbarimg'] as const
const HOW = 'PDF checks need poppler and zbar: apt-get install poppler-utils zbar-tools'

let known: Promise<readonly string[]> | undefined
const missingTools = (): Promise<readonly string[]> => (known ??= findMissing())

const findMissing = async (): Promise<readonly string[]> => {
  const found = await Promise.all(TOOLS.map((tool) => run(tool, [tool === 'zbarimg' ? '--version' : '-v']).then(() => true, (error: { code?: unknown }) => error.code !== 'ENOENT')))
  return TOOLS.filter((_, i) => !found[i])
}

/** Runs the checks where the tools are there; says loudly where they are not. @throws Error in CI */
export const withPdfTools = async (checks: () => Promise<void>): Promise<void> => {
  const missing = await missingTools()
  if (missing.length === 0) return checks()
  if (process.env['CI'] !== undefined) throw new Error(`${HOW} (missing: ${missing.join(', ')})`)
  process.stderr.write(`NOT CHECKED: ${HOW} (missing: ${missing.join(', ')})\n`)
}

const inFile = async <T>(pdf: Uint8Array, work: (path: string, folder: string) => Promise<T>): Promise<T> => {
  const folder = await mkdtemp(join(tmpdir(), 'motcua-pdf-'))
  try {
    await writeFile(join(folder, 'paper.pdf'), pdf)
    return await work(join(folder, 'paper.pdf'), folder)
  } finally {
    await rm(folder, { recursive: true, force: true })
  }
}

export type TextOptions = { readonly page?: number; readonly mode?: 'raw' | 'layout' }

/** As poppler reads it, not normalised: NFC must already be in the file. `raw`: in the order of drawing. */
export const pdfText = (pdf: Uint8Array, { page, mode = 'raw' }: TextOptions = {}): Promise<string> =>
  inFile(pdf, async (path) => (await run('pdftotext', [`-${mode}`, '-enc', 'UTF-8', ...(page === undefined ? [] : ['-f', String(page), '-l', String(page)]), path, '-'])).stdout)

/** Line breaks and runs of blanks made one blank. */
export const flat = (text: string): string => text.replace(/[\s\f]+/gu, ' ').trim()
/** For comparing whole pages: where a line breaks says nothing about the text. */
export const withoutBlanks = (text: string): string => text.replace(/[\s\f\u00a0]+/gu, '')

export const pdfPages = (pdf: Uint8Array): Promise<number> => inFile(pdf, async (path) => Number(/^Pages:\s+(\d+)/m.exec((await run('pdfinfo', [path])).stdout)?.[1]))

export type PdfFont = { readonly name: string; readonly embedded: boolean; readonly subset: boolean; readonly unicode: boolean }

export const pdfFonts = (pdf: Uint8Array): Promise<readonly PdfFont[]> =>
  inFile(pdf, async (path) =>
    (await run('pdffonts', [path])).stdout
      .split('\n')
      .slice(2)
      .filter((line) => line.trim() !== '')
      .map((line) => {
        const [, name = '', emb, sub, uni] = /^(\S+).*\s(yes|no)\s+(yes|no)\s+(yes|no)\s+\d+\s+\d+\s*$/.exec(line) ?? []
        return { name, embedded: emb === 'yes', subset: sub === 'yes', unicode: uni === 'yes' }
      }),
  )

export type ReadCode = { readonly kind: string; readonly text: string }

/** What a scanner reads off a printed page. @param dpi 150: an ordinary office printer at draft quality is better */
export const pdfCodes = (pdf: Uint8Array, page: number, dpi = 150): Promise<readonly ReadCode[]> =>
  inFile(pdf, async (path, folder) => {
    await run('pdftoppm', ['-r', String(dpi), '-gray', '-f', String(page), '-l', String(page), '-png', path, join(folder, 'page')])
    const picture = (await readdir(folder)).find((name) => name.endsWith('.png'))
    if (picture === undefined) throw new Error(`no page ${page}`)
    const { stdout } = await run('zbarimg', ['-q', join(folder, picture)]).catch((error: { stdout?: string }) => ({ stdout: error.stdout ?? '' }))
    return stdout
      .split('\n')
      .filter((line) => line !== '')
      .map((line) => ({ kind: line.slice(0, line.indexOf(':')), text: line.slice(line.indexOf(':') + 1) }))
      .sort((a, b) => (a.kind < b.kind ? -1 : 1))
  })

/** How often the empty box of a missing letter (glyph 0, `.notdef`) is drawn. Text extraction cannot see it: the right letter stands behind it. */
export const missingGlyphs = (pdf: Uint8Array): number => {
  const file = Buffer.from(pdf)
  let count = 0
  for (const match of file.toString('latin1').matchAll(/stream\r?\n([\s\S]*?)\r?\nendstream/g)) {
    const start = match.index + match[0].indexOf('\n') + 1
    let content: string
    try {
      content = inflateSync(file.subarray(start, start + (match[1]?.length ?? 0))).toString('latin1')
    } catch {
      continue
    }
    for (const shown of content.matchAll(/\[([^\]]*)\]\s*TJ/gi)) {
      for (const hex of (shown[1] ?? '').matchAll(/<([0-9a-f]+)>/gi)) count += (hex[1] ?? '').match(/.{4}/g)?.filter((glyph) => glyph === '0000').length ?? 0
    }
  }
  return count
}
