/** PURE. Invented people, the same ones from the same seed. Numbers look right (forms.md A6: province 046, century and gender, year) and belong to nobody. */
import type { PlainDate } from '#kernel/plain-date.ts'
import type { Gender, PersonDetails } from '../person-state.ts'
import type { DemoCity } from './city-data.ts'

/** mulberry32: small, good enough to choose names. @returns 0 ≤ x < 1 */
export const seededChance = (seed: number): (() => number) => {
  let state = seed
  return () => {
    state = (state + 0x6d2b79f5) | 0
    let t = Math.imul(state ^ (state >>> 15), 1 | state)
    t = (t + Math.imul(t ^ (t >>> 7), 61 | t)) ^ t
    return ((t ^ (t >>> 14)) >>> 0) / 4_294_967_296
  }
}

const two = (n: number): string => String(n).padStart(2, '0')

type Wish = { readonly name?: string; readonly address?: string | null; readonly born: readonly [from: number, to: number] }

/** The next invented person; numbers and phones are never given twice. */
export const inventor = (names: DemoCity['names'], seed: number): ((wish: Wish) => PersonDetails) => {
  const chance = seededChance(seed)
  const upTo = (n: number) => Math.floor(chance() * n)
  const one = (words: readonly string[]) => words[upTo(words.length)] ?? ''
  const numbers = new Set<string>()
  let phones = 0

  const nameOf = (gender: Gender): string => {
    const family = one(names.family)
    // Royal families: a woman is Tôn Nữ, a man Tôn Thất.
    if (family === 'Tôn Nữ' || family === 'Tôn Thất') {
      return gender === 'female' ? `Tôn Nữ ${one(names.femaleMiddle).replace('Thị ', '').replace('Thị', 'Quỳnh')} ${one(names.femaleGiven)}` : `Tôn Thất ${one(names.maleGiven)}`
    }
    return gender === 'female' ? `${family} ${one(names.femaleMiddle)} ${one(names.femaleGiven)}` : `${family} ${one(names.maleMiddle)} ${one(names.maleGiven)}`
  }

  const numberOf = (year: number, gender: Gender): string => {
    for (;;) {
      const century = (year >= 2000 ? 2 : 0) + (gender === 'female' ? 1 : 0)
      const number = `046${century}${String(year % 100).padStart(2, '0')}${String(upTo(1_000_000)).padStart(6, '0')}`
      if (!numbers.has(number)) {
        numbers.add(number)
        return number
      }
    }
  }

  return ({ name, address = null, born }) => {
    const gender: Gender = name === undefined ? (chance() < 0.5 ? 'female' : 'male') : /(^| )(Thị|Nữ)( |$)/.test(name) ? 'female' : 'male'
    const year = born[0] + upTo(born[1] - born[0] + 1)
    phones += 1
    return {
      name: name ?? nameOf(gender),
      personalNumber: numberOf(year, gender),
      // No operator gives out 0900 0…: nobody is called by mistake. The last four digits, by which dossiers are looked up, differ.
      phone: `09000${String((phones * 7_919) % 100_000).padStart(5, '0')}`,
      birthOn: `${year}-${two(1 + upTo(12))}-${two(1 + upTo(28))}` as PlainDate,
      gender,
      address,
      email: null,
    }
  }
}
