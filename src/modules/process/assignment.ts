/**
 * PURE. Who of a division gets a dossier that nobody was given (phân công tự động). The unit's setting says how; who is away or has left is never chosen,
 * and where the rule finds nobody the leader assigns.
 */
import type { Uuid } from '#kernel/ids.ts'

export const ASSIGNMENT_RULES = ['manual', 'round-robin', 'least-loaded', 'by-field'] as const
export type AssignmentRule = (typeof ASSIGNMENT_RULES)[number]

export type AssignmentSetting = {
  readonly rule: AssignmentRule
  /** Whoever had this dossier before gets it again, if they are there. */
  readonly keepOfficer: boolean
  /** Of `by-field`: whose are the procedures of a field. A field that is not named is assigned by the leader. */
  readonly fields: Readonly<Record<string, readonly Uuid[]>>
}

/** Without a setting the leader assigns. */
export const MANUAL: AssignmentSetting = { rule: 'manual', keepOfficer: true, fields: {} }

/** What chose: stands in the log beside the assignment. */
export type ChosenBy = 'previous-officer' | Exclude<AssignmentRule, 'manual'>

export type Candidate = {
  readonly postId: Uuid
  /** Open dossiers in their hands. */
  readonly open: number
  readonly away: boolean
}

export type AssignmentFacts = {
  /** Posts of the division that examine, held by somebody today. */
  readonly candidates: readonly Candidate[]
  /** Whoever had this dossier last. */
  readonly previous: Uuid | null
  readonly field: string
  /** Of `round-robin`: who had the last turn. */
  readonly lastTurn: Uuid | null
  /** Must not get it: whoever it is taken from. */
  readonly except?: Uuid | null
}

export type Choice = { readonly postId: Uuid; readonly by: ChosenBy }

export const chooseOfficer = (setting: AssignmentSetting, facts: AssignmentFacts): Choice | undefined => {
  if (setting.rule === 'manual') return undefined
  const there = facts.candidates.filter((c) => !c.away && c.postId !== facts.except)
  if (setting.keepOfficer && there.some((c) => c.postId === facts.previous)) return { postId: facts.previous!, by: 'previous-officer' }
  const postId = byRule(setting, there, facts)
  return postId === undefined ? undefined : { postId, by: setting.rule }
}

const byRule = (setting: AssignmentSetting, there: readonly Candidate[], facts: AssignmentFacts): Uuid | undefined => {
  switch (setting.rule) {
    case 'round-robin':
      return nextInTurn(there.map((c) => c.postId), facts.lastTurn)
    case 'least-loaded':
      return leastLoaded(there)
    case 'by-field':
      return leastLoaded(there.filter((c) => setting.fields[facts.field]?.includes(c.postId)))
    case 'manual':
      return undefined
  }
}

/** By the id of the post, after the last one and round again: whoever is away loses their turn, not their place. */
const nextInTurn = (posts: readonly Uuid[], last: Uuid | null): Uuid | undefined => {
  const sorted = [...posts].sort()
  return sorted.find((id) => last === null || id > last) ?? sorted[0]
}

const leastLoaded = (candidates: readonly Candidate[]): Uuid | undefined =>
  candidates.toSorted((a, b) => a.open - b.open || (a.postId < b.postId ? -1 : 1))[0]?.postId
