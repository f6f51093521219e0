import { raw } from 'hono/html'
import type { Child } from 'hono/jsx'

/**
 * Keeps what was drawn for everybody alike, by a key that names all it depends on (version of the data, language, address). The oldest goes first.
 * Never for what depends on who looks.
 */
export const keepDrawn = (entries: number) => {
  const kept = new Map<string, string>()
  return async (key: string, draw: () => Promise<Child>): Promise<ReturnType<typeof raw>> => {
    const known = kept.get(key)
    if (known !== undefined) return raw(known)
    const drawn = String(await draw())
    if (kept.size >= entries) kept.delete(kept.keys().next().value ?? '')
    kept.set(key, drawn)
    return raw(drawn)
  }
}
