/** Token buckets per address, in memory: each process counts for itself. Rate counters stand outside the log (decision 9). */
export type RateLimit = {
  /** @returns false when the bucket is empty */
  readonly take: (address: string, now: number) => boolean
}

type Bucket = { tokens: number; at: number }

const MOST_BUCKETS = 50_000

/** @param perMinute also the size of the burst */
export const rateLimit = (perMinute: number): RateLimit => {
  const buckets = new Map<string, Bucket>()
  const perMs = perMinute / 60_000
  return {
    take: (address, now) => {
      const bucket = buckets.get(address)
      if (bucket === undefined) {
        // The oldest go first: a Map keeps the order in which keys came.
        if (buckets.size >= MOST_BUCKETS) for (const key of [...buckets.keys()].slice(0, MOST_BUCKETS / 10)) buckets.delete(key)
        buckets.set(address, { tokens: perMinute - 1, at: now })
        return true
      }
      bucket.tokens = Math.min(perMinute, bucket.tokens + (now - bucket.at) * perMs)
      bucket.at = now
      if (bucket.tokens < 1) return false
      bucket.tokens -= 1
      return true
    },
  }
}

/** One house has one bucket: an IPv6 connection owns a /64, `2001:db8:0:7::`, however its addresses are shortened. */
export const bucketKey = (address: string): string => {
  const plain = address.startsWith('::ffff:') ? address.slice(7) : address
  if (!plain.includes(':')) return plain
  const [head = '', tail] = plain.split('::')
  const before = head.split(':').filter((group) => group !== '')
  const after = (tail ?? '').split(':').filter((group) => group !== '')
  const zeros = tail === undefined ? 0 : Math.max(0, 8 - before.length - after.length)
  const groups = [...before, ...Array.from({ length: zeros }, () => '0'), ...after]
  return `${groups.slice(0, 4).join(':')}::`
}
