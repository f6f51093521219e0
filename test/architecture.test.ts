/** The house rules of docs/architecture.md §3–§9, read off the import lines and the file sizes. */
import { readFileSync } from 'node:fs'
import { execFileSync } from 'node:child_process'
import { dirname, join, normalize } from 'node:path'
import { describe, expect, it } from 'vitest'

const root = join(import.meta.dirname, '..')

/** Module → tier. Imports go down, never up, never sideways; `access` stands below its tier (docs/decisions/0001). */
const TIERS: Record<string, number> = {
  access: -1,
  organisation: 0, calendar: 0, documents: 0, notification: 0,
  catalogue: 1, process: 1, payment: 1,
  dossier: 2,
  feedback: 3, petition: 3, satisfaction: 3, directive: 3, integration: 3,
  indicator: 4, reform: 4, review: 4, inspection: 4, report: 4, transparency: 4,
}
const LAYERS = ['kernel', 'platform', 'modules', 'web', 'app'] as const

const tracked = execFileSync('git', ['ls-files', '-co', '--exclude-standard', 'src', 'test', 'e2e', 'bench'], { cwd: root, encoding: 'utf8' })
  .split('\n')
  .filter((f) => /\.tsx?$/.test(f))
const text = new Map(tracked.map((f) => [f, readFileSync(join(root, f), 'utf8')]))
const sources = tracked.filter((f) => f.startsWith('src/'))
const isTest = (f: string) => /\.test\.tsx?$/.test(f)
const production = sources.filter((f) => !isTest(f))

const importsOf = (file: string): readonly string[] =>
  [...(text.get(file) ?? '').matchAll(/(?:^|\n)\s*(?:import|export)\b[^'"\n;]*?(?:\{[^}]*\}[^'"\n;]*)?from\s+['"]([^'"]+)['"]|import\(\s*['"]([^'"]+)['"]\s*\)/g)].map(
    (m) => m[1] ?? m[2] ?? '',
  )

/** The file that an import of ours means; undefined for a package. */
const resolve = (file: string, specifier: string): string | undefined => {
  const alias = /^#(kernel|platform|web)\/(.+)$/.exec(specifier)
  if (alias) return `src/${alias[1]}/${alias[2]}`
  const module = /^#modules\/(.+)$/.exec(specifier)
  if (module) return `src/modules/${module[1]}/index.ts`
  if (specifier.startsWith('.')) return normalize(join(dirname(file), specifier))
  return undefined
}

const layerOf = (file: string) => LAYERS.findIndex((l) => file.startsWith(`src/${l}/`))
const moduleOf = (file: string) => /^src\/modules\/([^/]+)\//.exec(file)?.[1]

const violations = (rule: (file: string, target: string, specifier: string) => string | undefined): readonly string[] =>
  production.flatMap((file) =>
    importsOf(file).flatMap((specifier) => {
      const target = resolve(file, specifier)
      const fault = target === undefined ? undefined : rule(file, target, specifier)
      return fault === undefined ? [] : [`${file}: ${fault} (${specifier})`]
    }),
  )

describe('layers', () => {
  it('app → web → modules → platform → kernel: imports go down', () => {
    expect(violations((file, target) => (layerOf(target) > layerOf(file) && layerOf(file) >= 0 ? 'imports upwards' : undefined))).toEqual([])
  })

  it('modules import only lower tiers', () => {
    expect(
      violations((file, target) => {
        const [from, to] = [moduleOf(file), moduleOf(target)]
        if (from === undefined || to === undefined || from === to) return undefined
        const [a, b] = [TIERS[from], TIERS[to]]
        if (a === undefined || b === undefined) return `module without a tier: ${a === undefined ? from : to}`
        return b < a ? undefined : `${from} (tier ${a}) imports ${to} (tier ${b})`
      }),
    ).toEqual([])
  })

  it('another module is entered only through its door, as #modules/<name>', () => {
    expect(
      violations((file, target, specifier) => {
        const to = moduleOf(target)
        return to === undefined || to === moduleOf(file) || specifier === `#modules/${to}` ? undefined : 'walks through the wall'
      }),
    ).toEqual([])
  })

  it('doors are explicit: no export *', () => {
    expect(production.filter((f) => /^export \*/m.test(text.get(f) ?? ''))).toEqual([])
  })

  it('the kernel imports nothing but itself and node:crypto', () => {
    const strays = production
      .filter((f) => f.startsWith('src/kernel/'))
      .flatMap((f) => importsOf(f).filter((s) => s !== 'node:crypto' && resolve(f, s)?.startsWith('src/kernel/') !== true).map((s) => `${f}: ${s}`))
    expect(strays).toEqual([])
  })

  it('pure files stay pure: a file whose first line says PURE takes only types from platform/, or what is pure there too', () => {
    const isPure = (f: string) => /^(\/\*\*?|\/\/)[^\n]*\n?[^\n]*\bPURE\b/.test(text.get(f) ?? '')
    const pure = production.filter(isPure)
    const strays = pure.flatMap((f) =>
      [...(text.get(f) ?? '').matchAll(/^import\s+(?!type\b)([^'"]*?)from\s+['"](#platform\/[^'"]+|node:(?!crypto)[^'"]+|pg|kysely|hono[^'"]*)['"]/gm)]
        .filter((m) => !/^\{\s*(type\s+\w+\s*,?\s*)+\}\s*$/.test(m[1] ?? '') && !isPure(resolve(f, m[2] ?? '') ?? ''))
        .map((m) => `${f}: ${m[2]}`),
    )
    expect(strays).toEqual([])
  })
})

describe('tables', () => {
  const OWNED = /\b(?:insert\s+into|update|delete\s+from|from|join)\s+(?:only\s+)?([a-z_]+)\.([a-z_]+)/gi

  it("a module reads other modules' tables only through <schema>.pub_* and writes only its own", () => {
    const strays = production.flatMap((file) => {
      const own = moduleOf(file)
      if (own === undefined) return []
      return [...(text.get(file) ?? '').matchAll(OWNED)]
        .filter((m) => TIERS[m[1] ?? ''] !== undefined && m[1] !== own && m[2]?.startsWith('pub_') !== true)
        .map((m) => `${file}: ${m[0]}`)
    })
    expect(strays).toEqual([])
  })

  it('pages contain no SQL', () => {
    const strays = production.filter((f) => f.startsWith('src/web/') && /\bsql(<[^`]*>)?`/.test(text.get(f) ?? ''))
    expect(strays).toEqual([])
  })
})

describe('pages', () => {
  const pages = production.filter((f) => f.startsWith('src/web/') || f.startsWith('src/client/'))

  it('no inline script, style or handler: the content security policy would refuse them (decision 29)', () => {
    const inline = /\son[a-z]+=|hx-on|\bjs:|\sstyle=|<style|<script(?![^>]*\ssrc=)|javascript:/
    const strays = pages
      .filter((f) => f.endsWith('.tsx'))
      .flatMap((f) => (text.get(f) ?? '').split('\n').flatMap((line, i) => (inline.test(line) && !line.trimStart().startsWith('*') && !line.trimStart().startsWith('//') ? [`${f}:${i + 1}: ${line.trim()}`] : [])))
    expect(strays).toEqual([])
  })

  it('no trigger filters of htmx: they are evaluated as script', () => {
    expect(pages.filter((f) => /hx-trigger=["{][^"}]*\[/.test(text.get(f) ?? ''))).toEqual([])
  })

  it('every form carries the token: pages write <Form>, not <form method="post">', () => {
    const strays = pages.filter((f) => !f.startsWith('src/web/ui/') && /<form[^>]*method=["']post/i.test(text.get(f) ?? ''))
    expect(strays).toEqual([])
  })
})

describe('names and sizes', () => {
  const lines = (f: string) => (text.get(f) ?? '').split('\n').length - 1
  const limit = (f: string) => (isTest(f) || f.startsWith('e2e/') || f.startsWith('test/') ? 500 : f.startsWith('src/web/') ? 300 : 400)

  it('files stay small: source 400, page 300, test 500 lines', () => {
    expect(tracked.filter((f) => lines(f) > limit(f)).map((f) => `${f}: ${lines(f)}`)).toEqual([])
  })

  it('files are kebab-case and no folder is called utils', () => {
    expect(tracked.filter((f) => !/^([a-z0-9_.-]+\/)*[a-z0-9_.-]+$/.test(f) || /(^|\/)(utils?|helpers?)(\/|\.)/.test(f))).toEqual([])
  })

  it('no Service, Manager, Helper, Util or Dto', () => {
    const bad = /\b(?:class|type|interface)\s+\w*(?:Service|Manager|Helper|Util|Dto)\b/
    expect(production.filter((f) => bad.test(text.get(f) ?? ''))).toEqual([])
  })

  it('no escape from the type system and no switched-off lint', () => {
    const bad = /:\s*any\s*(?:[,;)=\]>|&]|$)|\bas any\b|\bas unknown as\b|@ts-ignore|@ts-expect-error|eslint-disable|oxlint-disable/
    expect(production.filter((f) => bad.test(text.get(f) ?? ''))).toEqual([])
  })

  it('no base classes: nothing but errors, custom elements and simulators extends', () => {
    const strays = production.flatMap((f) =>
      [...(text.get(f) ?? '').matchAll(/class\s+\w+\s+extends\s+(\w+)/g)].filter((m) => !/^(Error|HTMLElement|Transform|Writable|Readable)$/.test(m[1] ?? '')).map((m) => `${f}: ${m[0]}`),
    )
    expect(strays).toEqual([])
  })

  it('tests run and can fail: none is skipped, focused or empty', () => {
    const strays = tracked.filter((f) => f !== 'test/architecture.test.ts' && /\b(?:it|test|describe)\.(?:skip|only|todo)\b|expect\(true\)/.test(text.get(f) ?? ''))
    expect(strays).toEqual([])
  })
})
