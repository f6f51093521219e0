import type { Route } from '../http.ts'
import { actRoutes } from './act.ts'
import { queueRoutes } from './queue.tsx'

export const officeRoutes: readonly Route[] = [...queueRoutes, ...actRoutes]
