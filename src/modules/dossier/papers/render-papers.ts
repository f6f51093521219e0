/** Every paper of the desk as a PDF. `publicUrl`: where citizens reach this installation, for the QR codes. The same data gives the same bytes. */
import { renderPdf } from '#platform/pdf/render-pdf.ts'
import type { ApologyLetter } from './apology-data.ts'
import { controlSlipPaper } from './control-slip.ts'
import type { ControlSlip } from './control-slip-data.ts'
import { explanationPaper } from './explanation.ts'
import { completionRequestPaper, refusalPaper } from './letter.ts'
import type { CompletionRequestLetter, RefusalLetter } from './letter-data.ts'
import { receiptsPaper } from './receipt.ts'
import type { Receipt } from './receipt-data.ts'
import type { LayoutYear, PaperLayout, PaperSlug } from './layouts/layout.ts'
import { samplePaper } from './layouts/sample-papers.ts'
import { apologyPaper, stopNoticePaper } from './notice.ts'
import type { StopNotice } from './notice-data.ts'
import { registerPaper } from './register.ts'
import type { Register } from './register-data.ts'

/** Both copies of the receipt. */
export const renderReceipt = (receipt: Receipt, publicUrl: string): Promise<Buffer> => renderPdf(receiptsPaper([receipt], publicUrl))
/** At least one. */
export const renderReceipts = (receipts: readonly Receipt[], publicUrl: string): Promise<Buffer> => renderPdf(receiptsPaper(receipts, publicUrl))
export const renderCompletionRequest = (letter: CompletionRequestLetter, publicUrl: string): Promise<Buffer> => renderPdf(completionRequestPaper(letter, publicUrl))
export const renderRefusal = (letter: RefusalLetter, publicUrl: string): Promise<Buffer> => renderPdf(refusalPaper(letter, publicUrl))
/** Form 04, or the letter that explains a refusal to resolve, which is no form. */
export const renderApology = (letter: ApologyLetter, publicUrl: string): Promise<Buffer> => renderPdf(letter.kind === 'explanation' ? explanationPaper(letter, publicUrl) : apologyPaper([letter], publicUrl))
/** At least one. */
export const renderControlSlips = (slips: readonly ControlSlip[], publicUrl: string): Promise<Buffer> => renderPdf(controlSlipPaper(slips, publicUrl))
export const renderRegister = (register: Register): Promise<Buffer> => renderPdf(registerPaper(register))
/** At least one. */
export const renderStopNotices = (notices: readonly StopNotice[], publicUrl: string): Promise<Buffer> => renderPdf(stopNoticePaper(notices, publicUrl))
/** How a layout prints, with values of nobody. */
export const renderSample = (slug: PaperSlug, year: LayoutYear, layout: PaperLayout | undefined, publicUrl: string): Promise<Buffer> => renderPdf(samplePaper(slug, year, layout, publicUrl))
