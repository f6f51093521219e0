/** Who appears in the journeys: the invented people of the demo city, and those whom the journeys type in themselves. */
import { newId } from '#platform/ids.ts'
import { instant } from '#kernel/plain-date.ts'
import { demoCity } from '../src/modules/organisation/demo/city-data.ts'
import { planCity } from '../src/modules/organisation/demo/plan-city.ts'

export type SomeBody = { readonly name: string; readonly number: string; readonly phone: string }

/** The same seed gives the same people as in the program under test. */
const plan = planCity(demoCity(), () => newId(instant(Date.now())))

export const seededPeople: readonly SomeBody[] = plan.people.map(({ details }) => ({ name: details.name, number: details.personalNumber ?? '', phone: details.phone ?? '' }))

/** By sign-in: `congdan2`. */
export const personOf = (username: string): SomeBody => {
  const i = plan.people.findIndex(({ id }) => id === plan.accounts.find((account) => account.username === username)?.personId)
  const person = seededPeople[i]
  if (person === undefined) throw new Error(`nobody signs in as ${username} in the demo city`)
  return person
}

/** Typed in at a form; the last spec looks for every one of them in the program's log. */
export const TYPED = {
  withScript: { name: 'Công Huyền Tôn Nữ Diễm Ẩn', number: '046195001239', phone: '0905123217' },
  withoutScript: { name: 'Đặng Dũng Thừa Thiên', number: '046090001234', phone: '0914555906' },
  mistyped: { name: 'Ưng Bình Thúc Giạ Thị', number: '046058007654', phone: '0905424319' },
  newOfficer: { name: 'Hồ Đắc Ngự Viên', number: '046099004321', phone: '0935777318' },
} as const satisfies Record<string, SomeBody>
