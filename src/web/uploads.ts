/** Files of a plain multipart form, stored before any transaction (decision 21): the form that comes back with an error still has them. */
import { Readable } from 'node:stream'
import { type Uuid, isUuid } from '#kernel/ids.ts'
import { type Upload, listUploads, storeUpload } from '#modules/documents'
import { type FormFields, type Req, readFiles } from './http.ts'
import { uploadRefusalIn } from './public-refusals.ts'
import type { KeptFile } from './ui/index.ts'

export type StoredFiles = { readonly files: readonly KeptFile[]; readonly ids: readonly Uuid[]; readonly problems: readonly string[] }

/**
 * The new files of `field` and the ones kept from before (`keptField`), in this order: kept, new. `ids` also names the kept ones that wait no more: the first
 * try of the same form may have claimed them; where it was not so, the rule says that they are gone.
 */
export const storeFiles = async (req: Req, form: FormFields, field: string, keptField: string): Promise<StoredFiles> => {
  const keptIds = form.list(keptField).filter(isUuid)
  const ids: Uuid[] = [...keptIds]
  const files: Upload[] = keptIds.length === 0 ? [] : [...(await listUploads(req.ctx, keptIds))]
  const problems: string[] = []
  for (const file of await readFiles(req, field)) {
    const stored = await storeUpload(req.ctx, { name: file.name, content: Readable.from([Buffer.from(await file.arrayBuffer())]), announced: file.size })
    if (!stored.ok) {
      problems.push(uploadRefusalIn(req.view.lang, stored.error))
      continue
    }
    files.push(stored.value)
    ids.push(stored.value.id)
  }
  return { files, ids, problems }
}
