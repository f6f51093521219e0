/** Every page and action of the program, gathered from the audiences. Tests walk this table. */
import { accountRoutes } from './admin/accounts.tsx'
import { assignmentRoutes } from './admin/assignment-rules.tsx'
import { absenceRoutes } from './people/absences.tsx'
import { delegationRoutes } from './people/delegations.tsx'
import { adminHomeRoutes } from './admin/home.tsx'
import { calendarRoutes } from './admin/calendar.tsx'
import { clockRoutes } from './admin/clock.tsx'
import { auditRoutes } from './admin/audit.tsx'
import { jobsRoutes } from './admin/jobs.tsx'
import { messageListRoutes } from './admin/messages.tsx'
import { messageSettingsRoutes } from './admin/message-settings.tsx'
import { messageTemplateRoutes } from './admin/message-templates.tsx'
import { organisationRoutes } from './admin/organisation.tsx'
import { paperLayoutRoutes } from './admin/papers.tsx'
import { galleryRoutes } from './ui/gallery.tsx'
import type { Route } from './http.ts'
import { uploadRoutes } from './api/uploads.ts'
import { deadlineRoutes } from './citizen/deadline.tsx'
import { homeRoutes } from './citizen/home.tsx'
import { lookUpRoutes } from './citizen/look-up.tsx'
import { sessionsRoutes } from './citizen/sessions.tsx'
import { signUpRoutes } from './citizen/sign-up.tsx'
import { secondFactorRoutes } from './citizen/second-factor.tsx'
import { keptFormRoutes } from './citizen/kept-form.tsx'
import { placeRoutes } from './forms/index.ts'
import { myAccountRoutes } from './citizen/account/routes.ts'
import { applicationRoutes } from './citizen/application/routes.ts'
import { signInRoutes } from './citizen/sign-in.tsx'
import { receiptPdfRoutes } from './desk/receipt-pdf.tsx'
import { paperRoutes } from './papers/routes.ts'
import { deskRoutes } from './desk/routes.ts'
import { officeRoutes } from './office/routes.ts'
import { catalogueRoutes } from './admin/catalogue.tsx'
import { procedureRoutes } from './citizen/procedures.tsx'

export const routes: readonly Route[] = [
  ...galleryRoutes,
  ...signInRoutes,
  ...secondFactorRoutes,
  ...signUpRoutes,
  ...keptFormRoutes,
  ...sessionsRoutes,
  ...applicationRoutes,
  ...myAccountRoutes,
  ...organisationRoutes,
  ...assignmentRoutes,
  ...absenceRoutes,
  ...delegationRoutes,
  ...accountRoutes,
  ...homeRoutes,
  ...lookUpRoutes,
  ...deadlineRoutes,
  ...deskRoutes,
  ...officeRoutes,
  ...adminHomeRoutes,
  ...calendarRoutes,
  ...clockRoutes,
  ...procedureRoutes,
  ...catalogueRoutes,
  ...auditRoutes,
  ...jobsRoutes,
  ...messageTemplateRoutes,
  ...messageSettingsRoutes,
  ...messageListRoutes,
  ...paperLayoutRoutes,
  ...uploadRoutes,
  ...placeRoutes,
  ...receiptPdfRoutes,
  ...paperRoutes,
]
