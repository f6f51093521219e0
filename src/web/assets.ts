/** What `/static/` serves: styles, client scripts, fonts. Built into dist/client; a name carries the digest of its bytes, so a browser may keep it for ever. */
import { existsSync } from 'node:fs'
import { readFile, readdir } from 'node:fs/promises'
import { dirname, join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { sha256Hex } from '#kernel/digest.ts'

export type Asset = { readonly body: Buffer; readonly type: string }

const TYPES: Readonly<Record<string, string>> = {
  css: 'text/css; charset=utf-8',
  js: 'text/javascript; charset=utf-8',
  woff2: 'font/woff2',
  svg: 'image/svg+xml',
}

const urls = new Map<string, string>()

/** The address of an asset by its plain name (`app.css`). Before `loadAssets` has run, the plain address. */
export const assetUrl = (name: string): string => urls.get(name) ?? `/static/${name}`

/** The folder of package.json: this file runs from src/ in tests and from dist/ in production. */
const projectRoot = (): string => {
  let folder = dirname(fileURLToPath(import.meta.url))
  while (!existsSync(join(folder, 'package.json')) && dirname(folder) !== folder) folder = dirname(folder)
  return folder
}

/** esbuild has hashed the fonts already, because the style sheet names them: `name-ABCDEFGH.woff2`. */
const HASHED = /-[A-Z0-9]{8}(?=\.[a-z0-9]+$)/

/** All assets by path (`/static/app-1a2b3c4d.css`), read once at start. @throws when the program has not been built */
export const loadAssets = async (folder = join(projectRoot(), 'dist/client')): Promise<Map<string, Asset>> => {
  const assets = new Map<string, Asset>()
  for (const name of (await readdir(folder)).sort()) {
    const extension = name.slice(name.lastIndexOf('.') + 1)
    const type = TYPES[extension]
    if (type === undefined) continue
    const body = await readFile(join(folder, name))
    const path = HASHED.test(name) ? `/static/${name}` : `/static/${name.slice(0, -extension.length - 1)}-${sha256Hex(body).slice(0, 8)}.${extension}`
    assets.set(path, { body, type })
    urls.set(name.replace(HASHED, ''), path)
  }
  return assets
}
