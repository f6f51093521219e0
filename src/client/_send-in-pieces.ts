/** Sends a file piece after piece to `/tai-len` (decision 21); a dropped line goes on from where the server knows it to be. */
const PIECE_BYTES = 2 * 1024 * 1024
/** About a minute of a dead line, then the person is told. */
const WAITS_MS = [1_000, 2_000, 4_000, 8_000, 16_000, 32_000] as const

type Answer = { readonly status: number; readonly id: string; readonly offset: number; readonly done: boolean; readonly message: string }

/** @returns the upload's id @throws Error with the server's sentence */
export const sendInPieces = async (address: string, file: File, onSent: (bytes: number) => void): Promise<string> => {
  const begun = await ask(address, { method: 'POST', headers: { 'Content-Type': 'application/json' }, body: JSON.stringify({ name: file.name, size: file.size }) })
  if (begun.status !== 201) throw new Error(begun.message)
  const here = `${address}/${begun.id}`
  let [offset, failures] = [0, 0]
  for (;;) {
    const answer = await ask(`${here}?tu=${offset}`, { method: 'PUT', headers: { 'Content-Type': 'application/octet-stream' }, body: file.slice(offset, offset + PIECE_BYTES) }).catch(() => undefined)
    if (answer !== undefined && answer.status === 200) {
      if (answer.done) return begun.id
      failures = answer.offset > offset ? 0 : failures
    } else if (answer !== undefined && answer.status >= 400 && answer.status < 500 && answer.status !== 409 && answer.status !== 429) {
      throw new Error(answer.message)
    }
    if (answer === undefined || answer.status >= 429) {
      const wait = WAITS_MS[failures]
      if (wait === undefined) throw new Error('mất kết nối. Phần đã gửi vẫn được giữ; hãy chọn lại tệp khi có mạng.')
      failures += 1
      await new Promise((resolve) => setTimeout(resolve, wait))
      offset = (await ask(here, { method: 'GET' }).catch(() => undefined))?.offset ?? offset
    } else offset = answer.offset
    onSent(offset)
  }
}

const ask = async (address: string, request: RequestInit): Promise<Answer> => {
  const token = document.querySelector<HTMLMetaElement>('meta[name="csrf"]')?.content ?? ''
  const response = await fetch(address, { ...request, headers: { ...request.headers, 'X-CSRF-Token': token, Accept: 'application/json' } })
  const body: unknown = await response.json().catch(() => undefined)
  const field = (name: string): unknown => (typeof body === 'object' && body !== null ? (body as Readonly<Record<string, unknown>>)[name] : undefined)
  return {
    status: response.status,
    id: String(field('id') ?? ''),
    offset: Number(field('offset') ?? 0),
    done: field('done') === true,
    message: typeof field('message') === 'string' ? String(field('message')) : 'chưa gửi được, hãy chọn lại tệp này.',
  }
}
