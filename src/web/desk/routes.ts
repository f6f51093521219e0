import type { Route } from '../http.ts'
import { guidanceRoutes } from './guidance.tsx'
import { identityRoutes } from './identity.tsx'
import { inboxRoutes } from './inbox.tsx'
import { intakeRoutes } from './intake.tsx'
import { receiptRoutes } from './receipt-page.tsx'
import { returnRoutes } from './return.tsx'
import { supplementRoutes } from './supplement.tsx'
import { todayRoutes } from './today.tsx'

export const deskRoutes: readonly Route[] = [...intakeRoutes, ...identityRoutes, ...receiptRoutes, ...inboxRoutes, ...guidanceRoutes, ...todayRoutes, ...returnRoutes, ...supplementRoutes]
