/** Where a person goes after signing in: back to where they were kept out, if that is a page of ours, else to the page of their work. */
import type { Permission } from '#modules/access'

/**
 * The path if it is one of this site, else undefined. Whoever sends a link with `?tiep=` must not be able to send the visitor elsewhere
 * after a real sign-in: `//evil.example`, `/\evil.example`, `https:…`, and control characters that browsers drop.
 */
export const safeReturnPath = (path: string | undefined): string | undefined => {
  if (path === undefined || !path.startsWith('/') || path.length > 1_000) return undefined
  const url = URL.canParse(path, BASE) ? new URL(path, BASE) : undefined
  if (url === undefined || url.origin !== BASE || /^\/[/\\]/.test(path) || /[\\\s]/.test(path)) return undefined
  const back = url.pathname + url.search + url.hash
  return ['/dang-nhap', '/dang-xuat', '/dang-ky'].includes(url.pathname) || back.startsWith('//') ? undefined : back
}

const BASE = 'http://one.invalid'

/** The first room of somebody's work: desk before office before administration; a citizen starts at the front page. */
export const landingOf = (permissions: ReadonlySet<Permission>): string => {
  if (permissions.has('dossier.receive')) return '/mot-cua'
  if (permissions.has('dossier.read')) return '/xu-ly'
  return permissions.has('audit.read') || permissions.has('organisation.edit') ? '/quan-tri' : '/'
}
