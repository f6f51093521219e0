/** Communes of a province, for the script that fills the second list when the first has changed. */
import { listCommunes } from '#modules/catalogue'
import type { Route } from '../http.ts'

export const placeRoutes: readonly Route[] = [
  {
    method: 'GET',
    path: '/dia-gioi/:tinh',
    access: 'public',
    handle: ({ c }) => c.json(listCommunes((c.req.param('tinh') ?? '').slice(0, 10)).map(({ code, name }) => [code, name]), 200, { 'cache-control': 'public, max-age=86400' }),
  },
]
