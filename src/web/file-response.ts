import { type FileType, type OpenedFile, fileNameFor } from '#modules/documents'

/** What a browser may show itself; the rest is saved. */
const SHOWN: ReadonlySet<FileType> = new Set<FileType>(['application/pdf', 'image/jpeg', 'image/png'])

/** `attachment` is forced by `download`. A name in Vietnamese goes as RFC 6266 has it, besides one in plain letters. */
const disposition = (kind: 'inline' | 'attachment', name: string): string => {
  const plain = name.normalize('NFD').replace(/[\u0300-\u036f]/g, '').replace(/đ/g, 'd').replace(/Đ/g, 'D').replace(/[^\x20-\x7e]|["\\%]/g, '_')
  const full = encodeURIComponent(name).replace(/['()*]/g, (c) => `%${c.charCodeAt(0).toString(16).toUpperCase()}`)
  return `${kind}; filename="${plain}"; filename*=UTF-8''${full}`
}

/**
 * A stored file as an answer. Its type is what its bytes are, and the browser is told not to guess another. Bytes that no longer match their digest
 * break the answer off before its end: half a file is noticed, a wrong one is not.
 */
export const fileResponse = (file: OpenedFile, options: { readonly download?: boolean } = {}): Response => {
  const inline = SHOWN.has(file.type) && options.download !== true
  return new Response(streamOf(file.content), {
    headers: {
      'content-type': file.type,
      'content-length': String(file.size),
      'content-disposition': disposition(inline ? 'inline' : 'attachment', fileNameFor(file.name, file.type)),
      'x-content-type-options': 'nosniff',
      // Nothing in it runs; the pages' own policy (object-src 'none') would also stop the browser's PDF viewer.
      'content-security-policy': "frame-ancestors 'none'; base-uri 'none'; form-action 'none'",
      'cache-control': 'private, no-store',
    },
  })
}

/** A PDF made for this answer. */
export const pdfResponse = (pdf: Uint8Array<ArrayBuffer>, name: string): Response =>
  new Response(pdf, {
    headers: {
      'content-type': 'application/pdf',
      'content-length': String(pdf.byteLength),
      'content-disposition': disposition('inline', name),
      'x-content-type-options': 'nosniff',
      'content-security-policy': "frame-ancestors 'none'; base-uri 'none'; form-action 'none'",
      'cache-control': 'private, no-store',
    },
  })

/** A file made while it is sent, to be saved. */
export const attachmentResponse = (content: ReadableStream<Uint8Array>, name: string, type: string): Response =>
  new Response(content, { headers: { 'content-type': type, 'content-disposition': disposition('attachment', name), 'x-content-type-options': 'nosniff', 'cache-control': 'private, no-store' } })

const streamOf = (content: AsyncIterable<Buffer>): ReadableStream<Uint8Array> => {
  const pieces = content[Symbol.asyncIterator]()
  return new ReadableStream<Uint8Array>({
    pull: async (controller) => {
      const { done, value } = await pieces.next()
      if (done === true) controller.close()
      else controller.enqueue(value)
    },
    cancel: async () => {
      await pieces.return?.()
    },
  })
}
