/** PURE. Chance that can be had again: the same numbers from the same seeds (sfc32, 128 bits of state). */
export class Chance {
  #a: number
  #b: number
  #c: number
  #d: number

  constructor(...seeds: readonly number[]) {
    this.#a = 0x9e3779b9
    this.#b = 0x243f6a88
    this.#c = 0xb7e15162
    this.#d = 1
    for (const seed of seeds) {
      this.#a ^= seed | 0
      this.#b ^= Math.floor(seed / 4_294_967_296) | 0
      for (let i = 0; i < 3; i += 1) this.bits()
    }
    for (let i = 0; i < 8; i += 1) this.bits()
  }

  /** 32 bits. */
  bits(): number {
    const t = (((this.#a + this.#b) | 0) + this.#d) | 0
    this.#d = (this.#d + 1) | 0
    this.#a = this.#b ^ (this.#b >>> 9)
    this.#b = (this.#c + (this.#c << 3)) | 0
    this.#c = ((this.#c << 21) | (this.#c >>> 11)) + t
    this.#c |= 0
    return t >>> 0
  }

  /** 0 ≤ x < 1 */
  next(): number {
    return this.bits() / 4_294_967_296
  }

  /** An integer, 0 ≤ n < limit. */
  upTo(limit: number): number {
    return Math.floor(this.next() * limit)
  }

  between(from: number, to: number): number {
    return from + this.next() * (to - from)
  }

  is(probability: number): boolean {
    return this.next() < probability
  }

  /** Mean 1, long tail. */
  waiting(): number {
    return -Math.log(1 - this.next())
  }

  one<T>(list: readonly T[]): T {
    const found = list[this.upTo(list.length)]
    if (found === undefined && list.length === 0) throw new RangeError('nothing to choose from')
    return found as T
  }

  /** @param sums running sums of the weights @returns position */
  weighted(sums: ArrayLike<number>): number {
    const wanted = this.next() * (sums[sums.length - 1] ?? 0)
    let [low, high] = [0, sums.length - 1]
    while (low < high) {
      const middle = (low + high) >> 1
      if ((sums[middle] ?? 0) > wanted) high = middle
      else low = middle + 1
    }
    return low
  }

  bytes(length: number): Buffer {
    const bytes = Buffer.allocUnsafe(length)
    for (let i = 0; i < length; i += 4) {
      const bits = this.bits()
      for (let j = i; j < Math.min(i + 4, length); j += 1) bytes[j] = (bits >>> ((j - i) * 8)) & 0xff
    }
    return bytes
  }
}

export const runningSums = (weights: readonly number[]): Float64Array => {
  const sums = new Float64Array(weights.length)
  let sum = 0
  for (const [i, weight] of weights.entries()) sums[i] = sum += weight
  return sums
}

/** Splits a whole number by weights so that the parts add up to it, each within one of its share. */
export const apportion = (total: number, weights: readonly number[]): readonly number[] => {
  const sums = runningSums(weights)
  const whole = sums.at(-1) ?? 0
  let before = 0
  return weights.map((_, i) => {
    const until = Math.round((total * (sums[i] ?? 0)) / whole)
    const part = until - before
    before = until
    return part
  })
}
