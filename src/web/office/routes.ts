import type { Route } from '../http.ts'
import { liveRoutes } from '../live.tsx'
import { actRoutes } from './act.ts'
import { approveRoutes } from './approve.tsx'
import { boardRoutes } from './board.tsx'
import { detourRoutes } from './detour-act.ts'
import { draftRoutes } from './draft.tsx'
import { lateRoutes } from './late.tsx'
import { proposeRoutes } from './propose-supplement.tsx'
import { queueRoutes } from './queue.tsx'
import { registerRoutes } from './register.tsx'
import { shareWorkRoutes } from './share-work.tsx'

export const officeRoutes: readonly Route[] = [...queueRoutes, ...liveRoutes, ...approveRoutes, ...boardRoutes, ...lateRoutes, ...shareWorkRoutes, ...registerRoutes, ...draftRoutes, ...proposeRoutes, ...detourRoutes, ...actRoutes]
