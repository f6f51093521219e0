/** The board of a leader, `/xu-ly/don-vi`. */
import { unitBoard } from '#modules/dossier'
import { benchPages } from './_pages.ts'

await benchPages({ title: 'The board of a unit', usernames: ['chanhvanphong', 'phochutich'], paths: async () => ['/xu-ly/don-vi'], query: ({ ctx }) => unitBoard(ctx), p95: 50 })
