/**
 * Every command of the program, with what it takes to be refused: walked by `refusals.db.test.ts`.
 * A command that is exported by a module and missing here fails the test "every command stands in the list".
 */
import type { Permission } from '#modules/access'
import type { Ctx } from '#platform/ctx.ts'

export type CommandCase = {
  /** As exported: `setCalendarDay`. */
  readonly name: string
  /** undefined: open to whoever is not signed in (sign-in itself). 'self': any account, on its own things. */
  readonly permission: Permission | 'self' | 'system' | undefined
  readonly run: (ctx: Ctx) => Promise<unknown>
}

export const COMMANDS: readonly CommandCase[] = []
