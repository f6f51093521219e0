/** The page of one dossier, `/xu-ly/ho-so/:id`: open ones of the officer's own ward, another each time. */
import { uuid } from '#kernel/ids.ts'
import { getDossierView } from '#modules/dossier'
import { benchPages } from './_pages.ts'

await benchPages({
  title: 'The page of a dossier',
  usernames: ['hotich', 'chanhvanphong'],
  paths: async ({ installation }, { posts }) => {
    const { rows } = await installation.pool.query<{ id: string }>('select id from dossier.dossier where open and division_id = $1 and received_at is not null order by id desc limit 200', [posts[0]?.unitId])
    return rows.map(({ id }) => `/xu-ly/ho-so/${id}`)
  },
  query: ({ ctx }, path) => getDossierView(ctx, uuid(path.slice(-36))),
  p95: 50,
})
