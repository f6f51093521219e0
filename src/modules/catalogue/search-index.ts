/**
 * PURE. The search over the catalogue, in memory: some thousand names are few enough to be compared exactly with every query.
 * A name's score = how much of the query it holds (words, by rarity) + likeness letter by letter + what people call it (`data/catalogue/synonyms.json`).
 */
import { isOneSlipAway, accentedTokensOf, tokensOf, trigramsOf } from './search-text.ts'

export type Searchable = {
  readonly code: string
  readonly name: string
  readonly field: string
  /** Everything else that may be typed: level, subjects, publisher, keywords. */
  readonly also: string
  /** Raises a procedure that many people need, 0 … 1. */
  readonly prior: number
}

/** What people say, and the procedures that they mean, the likeliest first. */
export type Synonym = { readonly say: readonly string[]; readonly means: readonly string[] }

export type SearchIndex = {
  readonly items: readonly Searchable[]
  readonly find: (query: string) => readonly Hit[]
}
/** `at` = position in `items`; the score orders, it has no unit. */
type Hit = { readonly at: number; readonly score: number }

/** Words that say nothing about which procedure is meant. They count a little: names contain them too. */
const FILLERS = new Set(tokensOf('thủ tục làm xin cho tôi em muốn cần thì phải như thế nào ở đâu gì về của và các là được mình bị hồ sơ giấy tờ cách mẫu đơn online trực tuyến'))

const NAME = 1
const FIELD = 0.5
const ALSO = 0.3
const WEIGHT = { words: 0.5, held: 0.2, alike: 0.3, synonym: 0.7, field: 1, accents: 0.06, prior: 0.05 }
/** Words of a query from which on it is a name rather than a question. */
const LONG = 8
const QUALITY = { exact: 1, beginning: 0.85, slip: 0.75, slipOfKnownWord: 0.45 }
/** Below this share of the best score, a hit is noise. */
const CUT = 0.65
const FLOOR = 0.3
/** A synonym that is most of the query makes a hit of a name that shares no word with it. */
const BOOSTED = 0.2

type Posting = { readonly doc: number; readonly weight: number }

export const buildSearchIndex = (items: readonly Searchable[], synonyms: readonly Synonym[]): SearchIndex => {
  const words = new Map<string, Posting[]>()
  const grams = new Map<string, number[]>()
  const gramCount: number[] = []
  const accented: ReadonlySet<string>[] = []
  const fields = new Map<string, number[]>()
  for (const [doc, item] of items.entries()) {
    push(fields, tokensOf(item.field).join(' '), doc)
    const best = new Map<string, number>()
    for (const [text, weight] of [[item.also, ALSO], [item.field, FIELD], [item.name, NAME]] as const) for (const t of tokensOf(text)) best.set(t, weight)
    for (const [token, weight] of best) push(words, token, { doc, weight })
    const nameGrams = trigramsOf(tokensOf(item.name))
    gramCount.push(nameGrams.size)
    for (const gram of nameGrams) push(grams, gram, doc)
    accented.push(new Set(accentedTokensOf(item.name)))
  }
  const phrases = synonyms.flatMap(({ say, means }) =>
    say.map((phrase) => ({ tokens: [...new Set(tokensOf(phrase))], docs: means.map((code) => items.findIndex((item) => item.code === code)).filter((d) => d >= 0) })),
  )
  const sorted = [...words.keys()].sort()
  const byLength = new Map<number, string[]>()
  for (const word of new Set([...sorted, ...phrases.flatMap((p) => p.tokens)])) push(byLength, word.length, word)

  const rarities = new Map<string, number>()
  const rarity = (token: string): number => {
    let r = rarities.get(token)
    if (r === undefined) {
      r = Math.log(1 + items.length / (1 + (words.get(token)?.length ?? 0))) * (FILLERS.has(token) ? 0.15 : 1)
      if (rarities.size > 10_000) rarities.clear()
      rarities.set(token, r)
    }
    return r
  }
  const slips = new Map<string, readonly string[]>()
  const slipsOf = (token: string): readonly string[] => {
    let found = slips.get(token)
    if (found === undefined) {
      const near = [token.length - 1, token.length, token.length + 1].flatMap((n) => (n > 1 ? (byLength.get(n) ?? []) : []))
      found = token.length < 2 || /^\d+$/.test(token) ? [] : near.filter((v) => isOneSlipAway(token, v))
      if (slips.size > 5_000) slips.clear()
      slips.set(token, found)
    }
    return found
  }

  /** Each word of the vocabulary that a typed word may mean, and how surely. */
  const meanings = (token: string, isLast: boolean, isLong: boolean): readonly (readonly [string, number])[] => {
    const known = words.has(token)
    // In a long query one wrong word that happens to be another word matters little: the letters decide.
    if (known && isLong) return [[token, QUALITY.exact]]
    const list: (readonly [string, number])[] = known ? [[token, QUALITY.exact]] : []
    for (const v of slipsOf(token)) list.push([v, known ? QUALITY.slipOfKnownWord : QUALITY.slip])
    if (isLast && token.length >= 2) for (const v of wordsBeginning(sorted, token)) list.push([v, QUALITY.beginning])
    return list
  }

  /** `khaisinh` → `khai`, `sinh`: an unknown word that is two known ones. */
  const separate = (token: string): readonly string[] => {
    if (words.has(token) || token.length < 5) return [token]
    for (let i = 2; i <= token.length - 2; i++) if (words.has(token.slice(0, i)) && words.has(token.slice(i))) return [token.slice(0, i), token.slice(i)]
    return [token]
  }

  /** Used by one query at a time, and empty between them: searching never waits. */
  const best = new Float64Array(items.length)
  const scoreWords = (tokens: readonly string[]): Float64Array => {
    const total = new Float64Array(items.length)
    const unique = [...new Set(tokens)]
    // An unknown word weighs like a rare one: it must not be free to miss it.
    const weights = unique.map(rarity)
    const sum = weights.reduce((a, b) => a + b, 0) || 1
    for (const [i, token] of unique.entries()) {
      const share = (weights[i] ?? 0) / sum
      const touched: number[] = []
      for (const [word, quality] of meanings(token, token === tokens.at(-1), tokens.length > LONG)) {
        for (const { doc, weight } of words.get(word) ?? []) {
          const before = best[doc]!
          if (quality * weight <= before) continue
          if (before === 0) touched.push(doc)
          best[doc] = quality * weight
        }
      }
      for (const doc of touched) {
        total[doc]! += share * best[doc]!
        best[doc] = 0
      }
    }
    return total
  }

  const scoreLetters = (tokens: readonly string[], total: Float64Array): void => {
    const typed = trigramsOf(tokens)
    const shared = new Float64Array(items.length)
    for (const gram of typed) for (const doc of grams.get(gram) ?? []) shared[doc]! += 1
    for (let d = 0; d < total.length; d++) {
      total[d]! += WEIGHT.held * (shared[d]! / (typed.size || 1)) + WEIGHT.alike * ((2 * shared[d]!) / (typed.size + gramCount[d]! || 1))
    }
  }

  const scoreSynonyms = (tokens: readonly string[], total: Float64Array): void => {
    const typed = new Set(tokens)
    const sum = [...typed].reduce((a, t) => a + rarity(t), 0) || 1
    // Each word that was typed, or is one slip away from one that was, with the typed word.
    const meant = new Map<string, string>()
    for (const t of typed) if (t.length > 2) for (const v of slipsOf(t)) if (v.length > 3) meant.set(v, t)
    for (const t of typed) meant.set(t, t)
    const best = new Map<number, number>()
    for (const phrase of phrases) {
      if (!phrase.tokens.every((t) => meant.has(t))) continue
      const covered = phrase.tokens.reduce((a, t) => a + rarity(meant.get(t) ?? t), 0)
      const share = (covered / sum) ** 2
      for (const [rank, doc] of phrase.docs.entries()) best.set(doc, Math.max(best.get(doc) ?? 0, share * 0.75 ** rank))
    }
    for (const [doc, share] of best) total[doc]! += WEIGHT.synonym * share
  }

  const find = (query: string): readonly Hit[] => {
    const digits = query.trim().replace(/[^\d]/g, '')
    if (/^\s*\d[\d.]*(\.[hgHG]\d*)?\s*$/.test(query) && digits.length >= 2) return findCode(items, digits)
    const tokens = tokensOf(query).slice(0, 80).flatMap(separate)
    if (tokens.length === 0) return []
    const total = scoreWords(tokens).map((s) => s * WEIGHT.words)
    scoreLetters(tokens, total)
    // What the name itself holds decides whether it is a hit at all; what people call it only moves it up.
    const own = Float64Array.from(total)
    const least = Math.max(FLOOR, CUT * own.reduce((a, b) => Math.max(a, b), 0))
    scoreSynonyms(tokens, total)
    // The name of a field, typed as it is, means its procedures.
    for (const doc of fields.get(tokens.join(' ')) ?? []) total[doc]! += WEIGHT.field
    const hits: Hit[] = []
    for (let at = 0; at < total.length; at++) {
      if (own[at]! >= least || total[at]! - own[at]! > BOOSTED) hits.push({ at, score: total[at]! + WEIGHT.prior * (items[at]?.prior ?? 0) })
    }
    return order(refine(hits, query))
  }

  /** Among the best, the ones that carry the very accents that were typed come first. */
  const refine = (hits: Hit[], query: string): Hit[] => {
    if (!/[^\p{ASCII}]/u.test(query.normalize('NFC'))) return hits
    const typed = accentedTokensOf(query)
    return hits.map((hit) => ({ ...hit, score: hit.score + (WEIGHT.accents * typed.filter((t) => accented[hit.at]?.has(t)).length) / typed.length }))
  }
  const order = (hits: Hit[]): readonly Hit[] => {
    hits.sort((a, b) => b.score - a.score || (items[a.at]?.name.length ?? 0) - (items[b.at]?.name.length ?? 0) || a.at - b.at)
    return hits
  }
  return { items, find }
}

/** The words that begin so, without the word itself. */
const wordsBeginning = (sorted: readonly string[], beginning: string): readonly string[] => {
  let [low, high] = [0, sorted.length]
  while (low < high) {
    const middle = (low + high) >> 1
    if ((sorted[middle] ?? '') <= beginning) low = middle + 1
    else high = middle
  }
  let end = low
  while (sorted[end]?.startsWith(beginning) === true) end++
  return sorted.slice(low, end)
}

const findCode = (items: readonly Searchable[], digits: string): readonly Hit[] =>
  items.flatMap((item, at) => {
    const own = item.code.replace(/[^\d]/g, '')
    return own.startsWith(digits) || digits.startsWith(own) ? [{ at, score: own === digits ? 2 : 1 }] : []
  })

const push = <K, V>(map: Map<K, V[]>, key: K, value: V): void => {
  const list = map.get(key)
  if (list === undefined) map.set(key, [value])
  else list.push(value)
}
