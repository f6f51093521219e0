import { Forbidden, NotFound } from '#kernel/errors.ts'
import type { Uuid } from '#kernel/ids.ts'
import type { PlainDate } from '#kernel/plain-date.ts'
import { fold, tidy } from '#kernel/text.ts'
import { authorise, authoriseAccount } from '#modules/access'
import type { Ctx, HeldPost } from '#platform/ctx.ts'
import { sql } from '#platform/db/db.ts'
import { recordAccess } from '#platform/log/access.ts'
import type { Gender, PersonKind } from './person-state.ts'

export type Person = {
  readonly id: Uuid
  readonly kind: PersonKind
  readonly name: string
  readonly personalNumber: string | null
  readonly phone: string | null
  readonly birthOn: PlainDate | null
  readonly gender: Gender | null
  readonly address: string | null
  readonly email: string | null
}

const COLUMNS = sql.raw(`p.id, p.kind, p.name, p.personal_number as "personalNumber", p.phone, p.birth_on as "birthOn", p.gender, p.address, p.email`)

const escapeLike = (text: string) => text.replace(/[\\%_]/g, (c) => `\\${c}`)

/** Whoever looks at somebody's number, phone and address is remembered (decision 9). */
const read = (ctx: Ctx, post: HeldPost | undefined, people: readonly Person[]): readonly Person[] => {
  for (const { id } of people) recordAccess(ctx, { kind: 'read', ...(post !== undefined && { unitId: post.unitId }), subject: `person:${id}`, reason: 'person.register' })
  return people
}

/**
 * People by twelve-digit number, phone, or name with or without accents (every word must occur). At most `limit`, in Vietnamese order. The reading is recorded.
 * @throws Forbidden for who may neither receive dossiers nor manage people
 */
export const findPeople = async (ctx: Ctx, q: string, limit = 20): Promise<readonly Person[]> => {
  const post = authorise(ctx, 'person.register')
  const digits = q.replace(/[\s.\-+]/g, '').replace(/^84(?=\d{9}$)/, '0')
  if (/^\d{9,}$/.test(digits)) {
    const { rows } = await sql<Person>`
      select ${COLUMNS} from organisation.person p where p.personal_number = ${digits} or p.phone = ${digits}
       order by p.name collate "vi-x-icu" limit ${limit}`.execute(ctx.db)
    return read(ctx, post, rows)
  }
  const words = fold(tidy(q)).split(' ').filter((word) => word !== '')
  // A trigram index answers from three letters on; a single short word would read the whole table.
  if (words.every((word) => word.length < 2)) return []
  const phrase = words.join(' ')
  const { rows } = await sql<Person>`
    select ${COLUMNS} from organisation.person p
     where ${sql.join(words.map((word) => sql`p.name_fold like ${`%${escapeLike(word)}%`}`), sql` and `)}
     order by (p.name_fold like ${`%${escapeLike(phrase)}%`}) desc, p.name collate "vi-x-icu", p.id limit ${limit}`.execute(ctx.db)
  return read(ctx, post, rows)
}

/** The reading is recorded. @throws Forbidden as `findPeople`, NotFound */
export const getPerson = async (ctx: Ctx, id: Uuid): Promise<Person> => {
  const post = authorise(ctx, 'person.register')
  const { rows } = await sql<Person>`/* prepared */ select ${COLUMNS} from organisation.person p where p.id = ${id}`.execute(ctx.db)
  const [person] = read(ctx, post, rows)
  if (person === undefined) throw new NotFound(`person ${id}`)
  return person
}

/** What is known of whoever is signed in: to fill in their forms, and for their profile. @throws Forbidden for who is not */
export const getOwnPerson = async (ctx: Ctx): Promise<Person> => {
  authoriseAccount(ctx)
  if (ctx.actor.kind !== 'person') throw new Forbidden('signed-in')
  const { rows } = await sql<Person>`select ${COLUMNS} from organisation.person p where p.id = ${ctx.actor.personId}`.execute(ctx.db)
  if (rows[0] === undefined) throw new NotFound('person')
  return rows[0]
}
