/** The receipt as it is printed, and the files of a dossier: for whoever may read the dossier. */
import { type Uuid, isUuid } from '#kernel/ids.ts'
import { NotFound } from '#kernel/errors.ts'
import { getReceipt, mayReadDossier, openDossierFile, renderReceipt } from '#modules/dossier'
import { fileResponse, pdfResponse } from '../file-response.ts'
import type { Req, Route } from '../http.ts'
import { editionOf } from '../papers/routes.ts'

const uuidParam = (req: Req, name: string): Uuid => {
  const value = req.c.req.param(name) ?? ''
  if (!isUuid(value)) throw new NotFound(name)
  return value
}

const receiptPdf = async (req: Req): Promise<Response> => {
  const receipt = await getReceipt(req.ctx, uuidParam(req, 'id'), 'office', editionOf(req))
  const pdf = await renderReceipt(receipt, req.publicUrl)
  return pdfResponse(new Uint8Array(pdf), `giay-tiep-nhan-${receipt.code}.pdf`)
}

const dossierFile = async (req: Req): Promise<Response> => {
  const file = await openDossierFile(req.ctx, { owner: uuidParam(req, 'id'), id: uuidParam(req, 'tep') }, mayReadDossier)
  return fileResponse(file, { download: req.c.req.query('tai-ve') !== undefined })
}

export const receiptPdfRoutes: readonly Route[] = [
  { method: 'GET', path: '/mot-cua/ho-so/:id/giay-tiep-nhan.pdf', access: 'dossier.find', handle: receiptPdf },
  { method: 'GET', path: '/mot-cua/ho-so/:id/tep/:tep', access: 'dossier.find', handle: dossierFile },
]
