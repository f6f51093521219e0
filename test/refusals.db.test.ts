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

/** What a module exports and what opens a transaction: that is a command, whatever it calls itself. */
const exportedCommands = readdirSync(modules).flatMap((module) => {
  const door = readFileSync(join(modules, module, 'index.ts'), 'utf8')
  return filesBelow(join(modules, module)).flatMap((file) => {
    const text = readFileSync(file, 'utf8')
    if (!/\binTx\(/.test(text)) return []
    return [...text.matchAll(/export const (\w+) = (?:async )?(?:<[^>]+>)?\(\s*ctx: Ctx\b/g)].map((m) => m[1] ?? '').filter((name) => new RegExp(`\\b${name}\\b`).test(door))
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

  it('that stands in the list is exported', () => {
    expect(COMMANDS.filter((c) => !exportedCommands.includes(c.name)).map((c) => c.name)).toEqual([])
  })

  for (const command of COMMANDS.filter((c) => c.permission !== undefined)) {
    it(`${command.name} refuses who is not signed in`, async () => {
      await expect(command.run(ctx({ actor: { kind: 'anonymous' } }))).rejects.toThrow(Forbidden)
    })
    if (command.permission !== 'self') {
      it(`${command.name} refuses a citizen without a post`, async () => {
        await expect(command.run(ctx({ actor: stranger() }))).rejects.toThrow(Forbidden)
      })
      const wrong = command.permission === 'system' || command.permission === undefined ? ROLES : rolesWithout(command.permission)
      it(`${command.name} refuses each of ${wrong.length} other posts`, async () => {
        for (const role of wrong) await expect(command.run(ctx({ actor: stranger(role) })), role).rejects.toThrow(Forbidden)
      })
    }
  }
})
