/**
 * Where files are sent (decision 21). With script: `POST /tai-len` announces name and size, `PUT /tai-len/:id?tu=<offset>` sends piece after piece,
 * `GET /tai-len/:id` says how far it came, so that a dropped line goes on from there. Without: one multipart `POST` with the file, as forms do it themselves.
 */
import { Readable } from 'node:stream'
import type { ReadableStream as NodeStream } from 'node:stream/web'
import { type Uuid, isUuid } from '#kernel/ids.ts'
import { NotFound } from '#kernel/errors.ts'
import { BeginUpload, ContinueUpload, type UploadProgress, type UploadRefusal, beginUpload, continueUpload, getUploadProgress, openUpload, storeUpload } from '#modules/documents'
import { fileResponse } from '../file-response.ts'
import { type Req, type Route, readFiles } from '../http.ts'
import { uploadRefusalIn } from '../public-refusals.ts'
import { t } from '../words.ts'

const refused = (req: Req, refusal: UploadRefusal): Response =>
  req.c.json({ error: refusal.code, message: uploadRefusalIn(req.view.lang, refusal), ...(refusal.code === 'wrong-offset' ? { offset: refusal.offset } : {}) }, refusal.code === 'wrong-offset' ? 409 : 422)

/** The digest stays inside: whoever holds it could ask whether we have some paper. */
const shown = ({ id, offset, size, done }: UploadProgress) => ({ id, offset, size, done: done !== null, ...(done === null ? {} : { name: done.name, type: done.type }) })

const idOf = (req: Req): Uuid => {
  const id = req.c.req.param('id') ?? ''
  if (!isUuid(id)) throw new NotFound('upload')
  return id
}

const begin = async (req: Req): Promise<Response> => {
  if (req.c.req.header('content-type')?.startsWith('application/json') !== true) return whole(req)
  const parsed = BeginUpload.safeParse(await req.c.req.json().catch(() => undefined))
  if (!parsed.success) return req.c.json({ error: 'malformed', message: t(req.view.lang, { vi: 'Yêu cầu gửi tệp không đúng dạng.', en: 'The request to send a file is malformed.' }) }, 422)
  const begun = await beginUpload(req.ctx, parsed.data)
  return begun.ok ? req.c.json(shown(begun.value), 201) : refused(req, begun.error)
}

const whole = async (req: Req): Promise<Response> => {
  const file = (await readFiles(req, 'file'))[0]
  if (file === undefined) return req.c.json({ error: 'empty', message: t(req.view.lang, { vi: 'Chưa chọn tệp, hoặc tệp không có nội dung.', en: 'No file was chosen, or it is empty.' }) }, 422)
  const stored = await storeUpload(req.ctx, { name: file.name, content: bytesOf(file.stream()), announced: file.size })
  return stored.ok ? req.c.json({ id: stored.value.id, offset: file.size, size: file.size, done: true, name: stored.value.name, type: stored.value.type }, 201) : refused(req, stored.error)
}

const piece = async (req: Req): Promise<Response> => {
  const parsed = ContinueUpload.safeParse({ id: idOf(req), offset: Number(req.c.req.query('tu')) })
  if (!parsed.success) return req.c.json({ error: 'malformed', message: t(req.view.lang, { vi: 'Thiếu vị trí của phần gửi lên.', en: 'The position of the piece is missing.' }) }, 422)
  const { body } = req.c.req.raw
  const sent = await continueUpload(req.ctx, parsed.data, body === null ? Readable.from([]) : bytesOf(body))
  return sent.ok ? req.c.json(shown(sent.value)) : refused(req, sent.error)
}

/** The web's and Node's types of the same stream differ. */
const bytesOf = (stream: ReadableStream<Uint8Array>): AsyncIterable<Uint8Array> => Readable.fromWeb(stream as NodeStream<Uint8Array>)

const progress = async (req: Req): Promise<Response> => req.c.json(shown(await getUploadProgress(req.ctx, idOf(req))))

const view = async (req: Req): Promise<Response> => fileResponse(await openUpload(req.ctx, idOf(req)))

export const uploadRoutes: readonly Route[] = [
  { method: 'POST', path: '/tai-len', access: 'signed-in', handle: begin, takesFiles: true },
  { method: 'GET', path: '/tai-len/:id', access: 'signed-in', handle: progress },
  { method: 'PUT', path: '/tai-len/:id', access: 'signed-in', handle: piece, rawBody: true },
  { method: 'GET', path: '/tai-len/:id/xem', access: 'signed-in', handle: view },
]
