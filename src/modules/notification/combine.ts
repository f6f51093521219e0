/** PURE. One message, not five: what becomes of the news that waits when something else happens to the same dossier. */

export type Waiting = { readonly kind: string; readonly asks: boolean }
export type Newer = Waiting & { readonly settles: readonly string[] }

/**
 * The latest news wins, except over a request that it does not settle: that stands, and the news goes with it (whoever follows the link sees everything).
 * @returns which of the two is sent
 */
export const winner = (waiting: Waiting, newer: Newer): 'waiting' | 'newer' =>
  waiting.asks && !newer.asks && !newer.settles.includes(waiting.kind) ? 'waiting' : 'newer'
