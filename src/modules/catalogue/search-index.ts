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
  const vocabulary = [...words.keys()]
  const rarity = (token: string) => Math.log(1 + items.length / (1 + (words.get(token)?.length ?? 0))) * (FILLERS.has(token) ? 0.15 : 1)
  const slips = new Map<string, readonly string[]>()
  const slipsOf = (token: string): readonly string[] => {
    let found = slips.get(token)
    if (found === undefined) {
      found = token.length < 2 || /^\d+$/.test(token) ? [] : vocabulary.filter((v) => v.length > 1 && isOneSlipAway(token, v))
      if (slips.size > 5_000) slips.clear()
      slips.set(token, found)
    }
    return found
  }

  /** Each word of the vocabulary that a typed word may mean, and how surely. */
  const meanings = (token: string, isLast: boolean): readonly (readonly [string, number])[] => {
    const known = words.has(token)
    const list: (readonly [string, number])[] = known ? [[token, QUALITY.exact]] : []
    for (const v of slipsOf(token)) list.push([v, known ? QUALITY.slipOfKnownWord : QUALITY.slip])
    if (isLast && token.length >= 2) for (const v of vocabulary) if (v.length > token.length && v.startsWith(token)) list.push([v, QUALITY.beginning])
    return list
  }

  /** `khaisinh` → `khai`, `sinh`: an unknown word that is two known ones. */
  const separate = (token: string): readonly string[] => {
    if (words.has(token) || token.length < 5) return [token]
    for (let i = 2; i <= token.length - 2; i++) if (words.has(token.slice(0, i)) && words.has(token.slice(i))) return [token.slice(0, i), token.slice(i)]
    return [token]
  }

  const scoreWords = (tokens: readonly string[]): Float64Array => {
    const total = new Float64Array(items.length)
    const unique = [...new Set(tokens)]
    // An unknown word weighs like a rare one: it must not be free to miss it.
    const weights = unique.map(rarity)
    const sum = weights.reduce((a, b) => a + b, 0) || 1
    for (const [i, token] of unique.entries()) {
      const best = new Float64Array(items.length)
      for (const [word, quality] of meanings(token, token === tokens.at(-1))) {
        for (const { doc, weight } of words.get(word) ?? []) if (quality * weight > (best[doc] ?? 0)) best[doc] = quality * weight
      }
      for (let d = 0; d < best.length; d++) total[d]! += ((weights[i] ?? 0) / sum) * best[d]!
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

  const phrases = synonyms.flatMap(({ say, means }) =>
    say.map((phrase) => ({ tokens: [...new Set(tokensOf(phrase))], docs: means.map((code) => items.findIndex((item) => item.code === code)).filter((d) => d >= 0) })),
  )
  const scoreSynonyms = (tokens: readonly string[], total: Float64Array): void => {
    const typed = new Set(tokens)
    const sum = [...typed].reduce((a, t) => a + rarity(t), 0) || 1
    const best = new Map<number, number>()
    for (const phrase of phrases) {
      let covered = 0
      const isSaid = phrase.tokens.every((t) => {
        const as = typed.has(t) ? t : t.length > 3 ? tokens.find((q) => q.length > 2 && isOneSlipAway(q, t)) : undefined
        if (as !== undefined) covered += rarity(as)
        return as !== undefined
      })
      if (!isSaid) continue
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
