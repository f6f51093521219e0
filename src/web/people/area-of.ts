import type { Req } from '../http.ts'
import type { Area } from '../ui/nav.ts'

/** Pages about people stand where whoever looks works: leaders in the office, the administrator in the administration. */
export const areaOf = (req: Req): Area => (req.view.signedIn?.permissions.has('organisation.edit') === true ? 'admin' : 'office')
