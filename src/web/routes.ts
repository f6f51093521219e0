/** Every page and action of the program, gathered from the audiences. Tests walk this table. */
import { jobsRoutes } from './admin/jobs.tsx'
import { galleryRoutes } from './ui/gallery.tsx'
import type { Route } from './http.ts'
import { uploadRoutes } from './api/uploads.ts'
import { receiptPdfRoutes } from './desk/receipt-pdf.tsx'

export const routes: readonly Route[] = [...galleryRoutes, ...jobsRoutes, ...uploadRoutes, ...receiptPdfRoutes]
