import { expect, it } from 'vitest'
import { READER_NAMES } from '#web/admin/audit-words.ts'
import { SUBSCRIPTIONS } from './subscriptions.ts'

it('every reader of the log has a name of its own, and one that the administrator reads', () => {
  const names = SUBSCRIPTIONS.map((subscription) => subscription.name)
  expect(new Set(names).size).toBe(names.length)
  expect(names.filter((name) => READER_NAMES[name] === undefined)).toEqual([])
})
