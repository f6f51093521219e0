/** Every page and action of the program, gathered from the audiences. Tests walk this table. */
import { adminHomeRoutes } from './admin/home.tsx'
import { jobsRoutes } from './admin/jobs.tsx'
import { galleryRoutes } from './ui/gallery.tsx'
import type { Route } from './http.ts'
import { uploadRoutes } from './api/uploads.ts'
import { homeRoutes } from './citizen/home.tsx'
import { lookUpRoutes } from './citizen/look-up.tsx'
import { receiptPdfRoutes } from './desk/receipt-pdf.tsx'
import { deskRoutes } from './desk/routes.ts'
import { officeRoutes } from './office/routes.ts'
import { catalogueRoutes } from './admin/catalogue.tsx'
import { procedureRoutes } from './citizen/procedures.tsx'

export const routes: readonly Route[] = [...galleryRoutes, ...homeRoutes, ...lookUpRoutes, ...deskRoutes, ...officeRoutes, ...adminHomeRoutes, ...procedureRoutes, ...catalogueRoutes, ...jobsRoutes, ...uploadRoutes, ...receiptPdfRoutes]
