/** Decision 32: lists are made by machine. Every command refuses who may not do it, whoever wrote it. */
import { readFileSync, readdirSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { Forbidden } from '#kernel/errors.ts'
import { PERMISSIONS, ROLES, type Permission, type Role } from '#modules/access'
import { newId } from '#platform/ids.ts'
import type { Actor } from '#platform/ctx.ts'
import { COMMANDS } from './commands.ts'
import { NOW, testDb } from './db.ts'

const modules = join(import.meta.dirname, '../src/modules')

const filesBelow = (folder: string): readonly string[] =>
  readdirSync(folder, { withFileTypes: true }).flatMap((e) => (e.isDirectory() ? filesBelow(join(folder, e.name)) : /(?<!\.test)\.ts$/.test(e.name) ? [join(folder, e.name)] : []))

/**
 * A command is what a module exports and what opens a transaction, or shares its name with an exported input schema
 * (`SetCalendarDay` / `setCalendarDay`), whatever else it calls itself.
 */
const exportedCommands = readdirSync(modules).flatMap((module) => {
  const door = readFileSync(join(modules, module, 'index.ts'), 'utf8')
  const exported = new Set([...door.matchAll(/\{([^}]*)\}/g)].flatMap((m) => (m[1] ?? '').split(',').map((name) => name.trim())).filter((name) => !name.startsWith('type ')))
  return filesBelow(join(modules, module)).flatMap((file) => {
    const text = readFileSync(file, 'utf8')
    return [...text.matchAll(/export const ([a-z]\w+) = (?:async )?(?:<[^>]+>)?\(\s*ctx: Ctx\b/g)]
      .map((m) => m[1] ?? '')
      .filter((name) => exported.has(name) && (/\binTx\(/.test(text) || exported.has(name.charAt(0).toUpperCase() + name.slice(1))))
  })
})

const stranger = (role?: Role): Actor => ({
  kind: 'person',
  userId: newId(NOW),
  personId: newId(NOW),
  posts: role === undefined ? [] : [{ postId: newId(NOW), role, unitId: newId(NOW), agencyId: newId(NOW) }],
})
const rolesWithout = (permission: Permission): readonly Role[] => ROLES.filter((role) => !(PERMISSIONS[permission] as readonly Role[]).includes(role))

const { ctx } = await testDb()

describe('every command', () => {
  it('stands in the list', () => {
    const listed = new Set(COMMANDS.map((c) => c.name))
    expect(exportedCommands.filter((name) => !listed.has(name))).toEqual([])
  })

  it('stands in the list once', () => {
    // A command that does several things has a line for each right that it asks for.
    expect(new Set(COMMANDS.map((c) => `${c.name} ${c.permission ?? ''}`)).size).toBe(COMMANDS.length)
  })

  for (const command of COMMANDS.filter((c) => c.permission !== undefined)) {
    it(`${command.name} (${command.permission ?? ''}) refuses who is not signed in`, async () => {
      await expect(command.run(ctx({ actor: { kind: 'anonymous' } }))).rejects.toThrow(Forbidden)
    })
    if (command.permission !== 'self') {
      it(`${command.name} (${command.permission ?? ''}) refuses a citizen without a post`, async () => {
        await expect(command.run(ctx({ actor: stranger() }))).rejects.toThrow(Forbidden)
      })
      const wrong = command.permission === 'system' || command.permission === undefined ? ROLES : rolesWithout(command.permission)
      it(`${command.name} (${command.permission ?? ''}) refuses each of ${wrong.length} other posts`, async () => {
        for (const role of wrong) await expect(command.run(ctx({ actor: stranger(role) })), role).rejects.toThrow(Forbidden)
      })
    }
  }
})
