import { raw } from 'hono/html'
import type { Child } from 'hono/jsx'

type Drawn = ReturnType<typeof raw>

/**
 * Keeps what was drawn for everybody alike, by a key that names all it depends on (revision, version of the data, language). The oldest goes first.
 * Never for what depends on who looks. `drawn.get(key) ?? drawn.put(key, <Part />)`
 */
export const keepDrawn = (entries: number) => {
  const kept = new Map<string, Drawn>()
  return {
    get: (key: string): Drawn | undefined => kept.get(key),
    put: (key: string, part: Child): Drawn => {
      const drawn = raw(String(part))
      if (kept.size >= entries) kept.delete(kept.keys().next().value ?? '')
      kept.set(key, drawn)
      return drawn
    },
  }
}
