import type { Uuid } from '#kernel/ids.ts'
import { dateOf } from '#kernel/plain-date.ts'
import type { Ctx } from '#platform/ctx.ts'
import { sql } from '#platform/db/db.ts'

/** Who acts in a post today: its holder; who stands in for them, or to whom it is delegated, where that reaches the procedure. */
export const actingIn = async (ctx: Ctx, posts: readonly Uuid[]): Promise<(post: Uuid, procedureCode: string) => readonly Uuid[]> => {
  if (posts.length === 0) return () => []
  const today = dateOf(ctx.now)
  const { rows } = await sql<{ postId: Uuid; personId: Uuid; procedures: readonly string[] | null }>`/* prepared */
    select post_id as "postId", person_id as "personId", null::text[] as procedures from organisation.pub_held_post
     where post_id = any(${posts}::uuid[]) and valid_from <= ${today}::date and (valid_to is null or valid_to > ${today}::date)
    union all
    select post_id, person_id, procedures from organisation.pub_delegated_post
     where post_id = any(${posts}::uuid[]) and valid_from <= ${today}::date and (valid_to is null or valid_to > ${today}::date) and 'dossier.read' = any(powers)`.execute(ctx.db)
  return (post, procedureCode) => rows.filter((row) => row.postId === post && (row.procedures === null || row.procedures.includes(procedureCode))).map((row) => row.personId)
}
