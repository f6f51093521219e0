/** A name in the register: common ones and rare ones, without accents as people type them. */
import { fold } from '#kernel/text.ts'
import { findInRegister } from '#modules/dossier'
import { benchPages } from './_pages.ts'

await benchPages({
  title: 'A name in the register',
  usernames: ['chanhvanphong', 'phochutich'],
  /** Whole names, and every fourth time the middle and given name alone. */
  paths: async ({ installation }) => {
    const { rows } = await installation.pool.query<{ name: string }>('select applicant_name as name from dossier.dossier tablesample system (1) limit 40')
    return rows.map(({ name }, i) => (i % 4 === 0 ? fold(name).split(' ').slice(-2).join(' ') : fold(name)))
  },
  form: (name) => ({ at: '/so-theo-doi', fields: { q: name } }),
  query: ({ ctx }, name) => findInRegister(ctx, { text: name, receivedOnly: true }),
  p95: 150,
})
