/** A dossier's events on their way into the log and back: what is personal goes to `log.private` (decision 5), fractions become text (decision 6). Each noun says what is. */
import type { Uuid } from '#kernel/ids.ts'
import type { Json } from '#kernel/digest.ts'
import type { NewEvent } from '#platform/log/append.ts'
import { ERASED_TYPE } from '#platform/log/private.ts'
import type { LoggedEvent } from '#platform/log/read-stream.ts'
import type { By } from './custody.ts'
import { hiddenOf, isNounEvent, restored } from './nouns.ts'
import type { DossierEvent, Happened } from './state.ts'

export const toLogged = (event: DossierEvent): NewEvent => ({ type: event.type, data: hiddenOf(event) })

/** @throws RangeError for an event that is not a dossier's */
export const fromLogged = (event: LoggedEvent): Happened => {
  const known = { seq: event.seq, at: event.at, by: byOf(event.actor) }
  if (event.type === ERASED_TYPE) return { ...known, type: ERASED_TYPE }
  if (!isNounEvent(event.type)) throw new RangeError(`not an event of a dossier: ${event.type}`)
  return { ...known, ...restored(event.type, event.data) }
}

/** Of an actor as the log keeps it. */
export const byOf = (actor: Json): By => {
  const { person, post, delegation } = actor as { person?: Uuid; post?: Uuid; delegation?: Uuid }
  return { personId: person ?? null, postId: post ?? null, ...(delegation !== undefined && { delegationId: delegation }) }
}
