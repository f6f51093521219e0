import { type Uuid, uuidv7 } from '#kernel/ids.ts'
import type { Instant } from '#kernel/plain-date.ts'
import { chanceBytes } from './chance.ts'

export const newId = (now: Instant): Uuid => uuidv7(now, chanceBytes(10))
