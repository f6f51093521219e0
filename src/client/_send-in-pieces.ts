/** Sends a file piece after piece to `/tai-len` (decision 21); a dropped line goes on from where the server knows it to be, even after the page was opened anew. */
const PIECE_BYTES = 1024 * 1024
/** About a minute of a dead line, then the person is told. */
const WAITS_MS = [1_000, 2_000, 4_000, 8_000, 16_000, 32_000] as const

type Answer = { readonly status: number; readonly id: string; readonly offset: number; readonly done: boolean; readonly message: string }

/** The line is gone for now: what came is kept, and the same file goes on from there. */
export class LineLost extends Error {
  override readonly name = 'LineLost'
}

/** @returns the upload's id @throws Error with the server's sentence; LineLost */
export const sendInPieces = async (address: string, file: File, onSent: (bytes: number) => void): Promise<string> => {
  const known = await continued(address, file)
  if (known?.done === true) return forget(file, known.id)
  const begun = known ?? (await ask(address, { method: 'POST', headers: { 'Content-Type': 'application/json' }, body: JSON.stringify({ name: file.name, size: file.size }) }).catch(() => undefined))
  if (begun === undefined || begun.status >= 500 || begun.status === 429) throw new LineLost('no line')
  if (begun.status !== 201 && begun.status !== 200) throw new Error(begun.message)
  remember(file, begun.id)
  const here = `${address}/${begun.id}`
  let [offset, failures] = [begun.offset, 0]
  onSent(offset)
  for (;;) {
    const answer = await ask(`${here}?tu=${offset}`, { method: 'PUT', headers: { 'Content-Type': 'application/octet-stream' }, body: file.slice(offset, offset + PIECE_BYTES) }).catch(() => undefined)
    if (answer !== undefined && answer.status === 200) {
      if (answer.done) return forget(file, begun.id)
      failures = answer.offset > offset ? 0 : failures
    } else if (answer !== undefined && answer.status >= 400 && answer.status < 500 && answer.status !== 409 && answer.status !== 429) {
      forget(file, begun.id)
      throw new Error(answer.message)
    }
    if (answer === undefined || answer.status >= 429) {
      const wait = WAITS_MS[failures]
      if (wait === undefined) throw new LineLost('no line')
      failures += 1
      await pause(wait)
      offset = (await ask(here, { method: 'GET' }).catch(() => undefined))?.offset ?? offset
    } else offset = answer.offset
    onSent(offset)
  }
}

/** Waits, but no longer than until the line is there again. */
const pause = (ms: number): Promise<void> =>
  new Promise((resolve) => {
    const go = () => {
      clearTimeout(timer)
      removeEventListener('online', go)
      resolve()
    }
    const timer = setTimeout(go, ms)
    addEventListener('online', go)
  })

// Which upload a file's first part went to, for as long as the tab lives. No content is kept here, nor its name.
const keyOf = (file: File): string => `tai-len ${file.size} ${file.lastModified} ${[...file.name].reduce((sum, sign) => (sum * 31 + (sign.codePointAt(0) ?? 0)) % 2_147_483_647, 7)}`
const remember = (file: File, id: string) => {
  try {
    sessionStorage.setItem(keyOf(file), id)
  } catch {
    // A browser that keeps nothing sends the file from its beginning.
  }
}
const forget = (file: File, id: string): string => {
  try {
    sessionStorage.removeItem(keyOf(file))
  } catch {
    // As above.
  }
  return id
}
const continued = async (address: string, file: File): Promise<Answer | undefined> => {
  let id: string | null = null
  try {
    id = sessionStorage.getItem(keyOf(file))
  } catch {
    return undefined
  }
  if (id === null) return undefined
  const answer = await ask(`${address}/${id}`, { method: 'GET' }).catch(() => undefined)
  return answer?.status === 200 ? answer : undefined
}

const ask = async (address: string, request: RequestInit): Promise<Answer> => {
  const token = document.querySelector<HTMLMetaElement>('meta[name="csrf"]')?.content ?? document.querySelector<HTMLInputElement>('input[name="_csrf"]')?.value ?? ''
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
