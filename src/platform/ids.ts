import { randomBytes } from 'node:crypto'
import { type Uuid, uuidv7 } from '#kernel/ids.ts'
import type { Instant } from '#kernel/plain-date.ts'

export const newId = (now: Instant): Uuid => uuidv7(now, randomBytes(10))
