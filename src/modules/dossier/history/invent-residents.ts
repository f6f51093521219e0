/** PURE. The people of a place, as often as they come: invented at their first visit, the same ever after. */
import { type Uuid, uuidv7 } from '#kernel/ids.ts'
import { type Instant, MS_PER_MINUTE } from '#kernel/plain-date.ts'
import { type InventedApplicant, inventApplicant } from '#modules/organisation'
import type { PersonSnapshot } from '../lifecycle/state.ts'
import { Chance } from './chance.ts'
import { historyData } from './history-data.ts'
import type { PlacePlan } from './plan-history.ts'
import type { Setting } from './read-setting.ts'

export type Resident = PersonSnapshot & { readonly id: Uuid }
/** Somebody who was not on record yet. */
export type Arrival = { readonly id: Uuid; readonly at: Instant; readonly applicant: InventedApplicant }

export type Residents = {
  /** @param arrivals gets who comes for the first time */
  readonly come: (chance: Chance, wish: { readonly organisation: boolean; readonly at: Instant }, arrivals: Arrival[]) => Resident
}

/** Share of dossiers of those who can sign in, so that their accounts hold something; the first of them is the busiest. */
const SIGNED_IN = 0.012

export const residentsOf = (setting: Setting, plan: PlacePlan, seed: number): Residents => {
  const known = new Map<number, Resident>()
  return {
    come: (chance, { organisation, at }, arrivals) => {
      if (!organisation && setting.citizens.length > 0 && chance.is(SIGNED_IN)) return setting.citizens[Math.floor(chance.next() ** 3 * setting.citizens.length)]!
      // The last tenth of the pool are companies.
      const people = Math.ceil(plan.people.count * 0.9)
      const companies = plan.people.count - people
      const n = organisation && companies > 0 ? people + chance.upTo(companies) : chance.upTo(people)
      const resident = known.get(n) ?? arrive(setting, plan, seed, n, organisation && companies > 0, at, arrivals)
      known.set(n, resident)
      return resident
    },
  }
}

const arrive = (setting: Setting, plan: PlacePlan, seed: number, n: number, organisation: boolean, at: Instant, arrivals: Arrival[]): Resident => {
  const chance = new Chance(seed, plan.place.index, n, 5)
  const data = historyData()
  const where = plan.place.name.startsWith('phường') || plan.place.name.startsWith('xã') ? `${plan.place.name}, thành phố Huế` : 'thành phố Huế'
  const address = `${1 + chance.upTo(180)} ${chance.one(data.streets)}, ${where}`
  const { companies } = data
  const name = organisation
    ? `${chance.one(companies.forms)} ${chance.one(companies.trades)} ${chance.one(companies.names)}`
    : chance.is(0.006)
      ? chance.one(data.highland)
      : undefined
  const applicant = inventApplicant(plan.people.from + n, {
    kind: organisation ? 'organisation' : 'individual', address, chance: () => chance.next(), taken: setting.taken, ...(name !== undefined && { name }),
  })
  const id = uuidv7((at - MS_PER_MINUTE * (1 + chance.upTo(8))) as Instant, chance.bytes(12))
  arrivals.push({ id, at, applicant })
  const { kind, personalNumber, phone, email } = applicant
  return { id, kind, name: applicant.name, personalNumber, phone, address, email }
}
