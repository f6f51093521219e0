/** The officer's queue, `/xu-ly`. */
import { officerQueue } from '#modules/dossier'
import { benchPages } from './_pages.ts'

await benchPages({ title: 'The queue of an officer', usernames: ['hotich', 'chanhvanphong'], paths: async () => ['/xu-ly'], query: ({ ctx }) => officerQueue(ctx), p95: 50 })
