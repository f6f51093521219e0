/** PURE. By what right somebody files for another (forms.md A5), and which paper proves it. */
import { type Result, err, ok } from '#kernel/result.ts'

/** `kin`: an authorised grandparent, parent, child, spouse or sibling, whose authorisation needs no certification (forms.md A5). */
export const CAPACITIES = ['guardian', 'kin', 'authorised', 'representative', 'sent'] as const
export type Capacity = (typeof CAPACITIES)[number]

type CapacityFacts = {
  readonly of: 'individual' | 'organisation'
  /** A paper that says so is filed with it; a guardian and a legal representative are found in the data. */
  readonly paper: boolean
  /** As the register and the receipt write it. */
  readonly title: string
  readonly titleEn: string
}
export const CAPACITY: Readonly<Record<Capacity, CapacityFacts>> = {
  guardian: { of: 'individual', paper: false, title: 'Người đại diện theo pháp luật (cha, mẹ, người giám hộ)', titleEn: 'Legal representative (parent, guardian)' },
  kin: { of: 'individual', paper: true, title: 'Được ủy quyền, là ông bà, cha mẹ, con, vợ chồng, anh chị em ruột', titleEn: 'Authorised; grandparent, parent, child, spouse or sibling' },
  authorised: { of: 'individual', paper: true, title: 'Được ủy quyền, văn bản có công chứng hoặc chứng thực', titleEn: 'Authorised in writing, notarised or certified' },
  representative: { of: 'organisation', paper: false, title: 'Người đại diện theo pháp luật của tổ chức', titleEn: 'Legal representative of the organisation' },
  sent: { of: 'organisation', paper: true, title: 'Người được tổ chức giới thiệu, ủy quyền', titleEn: 'Sent or authorised by the organisation' },
}

export type OnBehalfRefusal =
  | { readonly code: 'on-behalf-of-oneself' }
  | { readonly code: 'capacity-of-other-kind'; readonly capacity: Capacity }
  | { readonly code: 'authorisation-missing'; readonly capacity: Capacity }

type Said = { readonly kind: 'individual' | 'organisation'; readonly personalNumber: string; readonly capacity: Capacity; readonly papers: number }

/** @returns what the dossier keeps as the relation */
export const decideOnBehalf = (said: Said, ownNumber: string | null): Result<string, OnBehalfRefusal> => {
  const facts = CAPACITY[said.capacity]
  if (said.personalNumber === ownNumber) return err({ code: 'on-behalf-of-oneself' })
  if (facts.of !== said.kind) return err({ code: 'capacity-of-other-kind', capacity: said.capacity })
  return facts.paper && said.papers === 0 ? err({ code: 'authorisation-missing', capacity: said.capacity }) : ok(facts.title)
}
