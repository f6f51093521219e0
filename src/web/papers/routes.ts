/** Everything that is printed: PDFs of the desk and the offices, the register as a spreadsheet, and what applicants may print of their own. */
import { Readable } from 'node:stream'
import { NotFound } from '#kernel/errors.ts'
import { type Uuid, isUuid } from '#kernel/ids.ts'
import { dateOf } from '#kernel/plain-date.ts'
import { openFile } from '#modules/documents'
import {
  getApology, getCompletionRequest, getControlSlip, getDraftPaper, getGuidanceLetter, getMyDossier, getReceipt, getRefusal, getRegister, getStopNotice, mayReadDossier, mayReadOwnDossier, openDossierFile, registerXlsx,
  renderApology, renderCompletionRequest, renderControlSlips, renderReceipt, renderReceipts, renderRefusal, renderRegister, renderStopNotices, type PrintedFor,
} from '#modules/dossier'
import { attachmentResponse, fileResponse, pdfResponse } from '../file-response.ts'
import { type Req, type Route, seeOther } from '../http.ts'
import { asRegister, registerFilter } from '../office/register-query.ts'

/** One file for a morning's work; more would keep a drawing thread from everybody else. */
const BATCH = 50

const idOf = (req: Req, name = 'id'): Uuid => {
  const value = (req.c.req.param(name) ?? '').replace(/\.pdf$/, '')
  if (!isUuid(value)) throw new NotFound(name)
  return value
}

const pdf = (drawn: Buffer, name: string): Response => pdfResponse(new Uint8Array(drawn), `${name}.pdf`)

const completionRequest = (printedFor: PrintedFor) => async (req: Req): Promise<Response> => {
  const letter = await getCompletionRequest(req.ctx, idOf(req), printedFor)
  return pdf(await renderCompletionRequest(letter, req.publicUrl), `phieu-bo-sung-${letter.code ?? ''}`)
}

const refusal = (printedFor: PrintedFor) => async (req: Req): Promise<Response> => {
  const letter = await getRefusal(req.ctx, idOf(req), printedFor)
  return pdf(await renderRefusal(letter, req.publicUrl), `phieu-tu-choi-${letter.code ?? ''}`)
}

const guidance = async (req: Req): Promise<Response> => {
  const given = await getGuidanceLetter(req.ctx, idOf(req, 'tep'))
  if (given.kind === 'completion') return pdf(await renderCompletionRequest(given.letter, req.publicUrl), 'phieu-huong-dan')
  return pdf(await renderRefusal(given.letter, req.publicUrl), 'phieu-tu-choi')
}

/** `?ban=1`: as it was issued before a correction. */
export const editionOf = (req: Req): number | undefined => {
  const n = req.c.req.query('ban')
  return n === undefined ? undefined : Number(n)
}

const ownReceipt = async (req: Req): Promise<Response> => {
  const receipt = await getReceipt(req.ctx, idOf(req), 'own', editionOf(req))
  return pdf(await renderReceipt(receipt, req.publicUrl), `giay-tiep-nhan-${receipt.code}`)
}

const ownResult = async (req: Req): Promise<Response> => {
  const { id, results, actions } = await getMyDossier(req.ctx, idOf(req))
  // Not handed over yet: taking it out is an act of its own, on the page of the dossier.
  if (actions.some((a) => a.action === 'collect')) return seeOther(req, `/tai-khoan/ho-so/${id}#ket-qua`)
  const file = results.find((result) => String(result.n) === req.c.req.param('n'))?.file
  if (file === undefined || file === null) throw new NotFound('result')
  return fileResponse(await openDossierFile(req.ctx, { owner: id, id: file.fileId }, mayReadOwnDossier), { download: req.c.req.query('tai-ve') !== undefined })
}

const controlSlip = async (req: Req): Promise<Response> => {
  const slip = await getControlSlip(req.ctx, idOf(req))
  return pdf(await renderControlSlips([slip], req.publicUrl), `phieu-kiem-soat-${slip.code}`)
}

const apologyName = (code: string): string => `thu-xin-loi-${code}`

const apologyDraft = async (req: Req): Promise<Response> => {
  const letter = await getApology(req.ctx, idOf(req), 'draft')
  return pdf(await renderApology(letter, req.publicUrl), apologyName(letter.code))
}

const apology = (printedFor: PrintedFor) => async (req: Req): Promise<Response> => {
  const letter = await getApology(req.ctx, idOf(req), Number(req.c.req.param('n')), printedFor)
  return pdf(await renderApology(letter, req.publicUrl), apologyName(letter.code))
}

const stopNotice = (printedFor: PrintedFor) => async (req: Req): Promise<Response> => {
  const notice = await getStopNotice(req.ctx, idOf(req), printedFor)
  return pdf(await renderStopNotices([notice], req.publicUrl), `thong-bao-dung-${notice.code}`)
}

const draft = async (req: Req): Promise<Response> => {
  const id = idOf(req)
  const paper = await getDraftPaper(req.ctx, id, req.publicUrl)
  if (paper.kind === 'pdf') return pdf(paper.pdf, `du-thao-${paper.code ?? ''}`)
  return fileResponse(await openFile(req.ctx, { owner: id, id: paper.file.fileId }, mayReadDossier))
}

/** `?ids=a,b,c` or repeated; `&loai=phieu-kiem-soat` for control slips. */
const batch = async (req: Req): Promise<Response> => {
  const ids = [...new Set((req.c.req.queries('ids') ?? []).flatMap((list) => list.split(',')))].filter(isUuid)
  if (ids.length === 0) throw new NotFound('ids')
  if (ids.length > BATCH) return req.c.text(`Mỗi lần in được nhiều nhất ${BATCH} hồ sơ. Hãy chọn ít hơn.`, 422)
  if (req.c.req.query('loai') === 'phieu-kiem-soat') {
    const slips = []
    for (const id of ids) slips.push(await getControlSlip(req.ctx, id))
    return pdf(await renderControlSlips(slips, req.publicUrl), 'phieu-kiem-soat')
  }
  const receipts = []
  for (const id of ids) receipts.push(await getReceipt(req.ctx, id))
  return pdf(await renderReceipts(receipts, req.publicUrl), 'giay-tiep-nhan')
}

const filterOf = (req: Req) => asRegister(registerFilter(req.ctx, (name) => req.c.req.query(name)))

const registerPdf = async (req: Req): Promise<Response> => {
  const register = await getRegister(req.ctx, filterOf(req))
  if (!register.ok) return req.c.text(`Sổ in được nhiều nhất ${register.error.most} hồ sơ. Hãy chọn khoảng ngày ngắn hơn, hoặc tải bảng tính.`, 422)
  return pdf(await renderRegister(register.value), `so-theo-doi-${dateOf(req.ctx.now)}`)
}

const registerSheet = async (req: Req): Promise<Response> =>
  attachmentResponse(Readable.toWeb(await registerXlsx(req.ctx, filterOf(req))) as ReadableStream<Uint8Array>, `so-theo-doi-${dateOf(req.ctx.now)}.xlsx`, 'application/vnd.openxmlformats-officedocument.spreadsheetml.sheet')

const HEAVY = 30

export const paperRoutes: readonly Route[] = [
  { method: 'GET', path: '/mot-cua/ho-so/:id/phieu-bo-sung.pdf', access: 'dossier.find', handle: completionRequest('office') },
  { method: 'GET', path: '/mot-cua/ho-so/:id/phieu-tu-choi.pdf', access: 'dossier.find', handle: refusal('office') },
  { method: 'GET', path: '/mot-cua/huong-dan/:tep{[0-9a-f-]+(?:[.]pdf)?}', access: 'dossier.receive', handle: guidance },
  { method: 'GET', path: '/mot-cua/in-loat.pdf', access: 'dossier.read', handle: batch, perMinute: HEAVY },
  { method: 'GET', path: '/xu-ly/ho-so/:id/phieu-kiem-soat.pdf', access: 'dossier.find', handle: controlSlip },
  { method: 'GET', path: '/xu-ly/ho-so/:id/thu-xin-loi.pdf', access: 'dossier.find', handle: apologyDraft },
  { method: 'GET', path: '/xu-ly/ho-so/:id/thu-xin-loi/:n', access: 'dossier.find', handle: apology('office') },
  { method: 'GET', path: '/xu-ly/ho-so/:id/thong-bao-dung.pdf', access: 'dossier.find', handle: stopNotice('office') },
  { method: 'GET', path: '/tai-khoan/ho-so/:id/thong-bao-dung.pdf', access: 'signed-in', handle: stopNotice('own') },
  { method: 'GET', path: '/tai-khoan/ho-so/:id/thu-xin-loi/:n', access: 'signed-in', handle: apology('own') },
  { method: 'GET', path: '/xu-ly/ho-so/:id/du-thao.pdf', access: 'dossier.find', handle: draft },
  { method: 'GET', path: '/so-theo-doi.pdf', access: 'dossier.find', handle: registerPdf, perMinute: HEAVY },
  { method: 'GET', path: '/so-theo-doi.xlsx', access: 'dossier.find', handle: registerSheet, perMinute: HEAVY },
  { method: 'GET', path: '/tai-khoan/ho-so/:id/giay-tiep-nhan.pdf', access: 'signed-in', handle: ownReceipt },
  { method: 'GET', path: '/tai-khoan/ho-so/:id/phieu-bo-sung.pdf', access: 'signed-in', handle: completionRequest('own') },
  { method: 'GET', path: '/tai-khoan/ho-so/:id/phieu-tu-choi.pdf', access: 'signed-in', handle: refusal('own') },
  { method: 'GET', path: '/tai-khoan/ho-so/:id/ket-qua/:n', access: 'signed-in', handle: ownResult },
]
