import { renderPdf } from '#platform/pdf/render-pdf.ts'
import { receiptPaper } from './receipt.ts'
import type { Receipt } from './receipt-data.ts'

/** Both copies of the receipt as one PDF. @param publicUrl see `receiptPaper` */
export const renderReceipt = (receipt: Receipt, publicUrl: string): Promise<Buffer> => renderPdf(receiptPaper(receipt, publicUrl))
