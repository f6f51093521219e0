/** The real program in real processes: started, asked, killed at bad moments, started again. Runs alone: it watches the clock. */
import { createServer } from 'node:net'
import { setTimeout as sleep } from 'node:timers/promises'
import { afterAll, describe, expect, it } from 'vitest'
import { buildProgram } from '#test/program.ts'

const { port, command, serve, ready, postmaster, connect, remove } = await buildProgram('process-test', 'production')

afterAll(remove)

describe('the command line', () => {
  it('lists its commands, explains each, and answers 2 to one that it does not know', async () => {
    const overview = await command(['--help'])
    expect(overview.code).toBe(0)
    const names = [...overview.out.matchAll(/^ {2}([a-z:-]+) {2,}/gm)].map((m) => m[1] ?? '')
    expect(names).toEqual(expect.arrayContaining(['serve', 'migrate', 'seed', 'import-procedures', 'deadline', 'seal', 'verify', 'user']))
    for (const name of names) {
      const help = await command([name, '--help'])
      expect([name, help.code, /Exit code/.test(help.out)]).toEqual([name, 0, true])
    }
    expect((await command(['dance'])).code).toBe(2)
    expect((await command(['migrate', '--fast'])).code).toBe(2)
  })

  it.each<[string, Record<string, string>, RegExp]>([
    ['a wrong port', { PORT: 'many' }, /^Wrong setting: PORT is a number\.$/],
    ['a wrong mode', { MODE: 'test' }, /^Wrong setting: MODE is demo or production\.$/],
    ['a database that nobody runs', { DATABASE_URL: 'postgres://a:secret@127.0.0.1:1/b' }, /^The database at 127\.0\.0\.1:1\/b \(DATABASE_URL\) cannot be reached: nothing listens there\.$/],
    ['something that is no database address', { DATABASE_URL: 'mysql://x' }, /^Wrong setting: DATABASE_URL begins with postgres:\/\/\.$/],
  ])('says in one sentence what is wrong with %s', async (_, env, sentence) => {
    const ended = await command(['serve'], env)
    expect(ended.code).toBe(1)
    expect(ended.err.trim()).toMatch(sentence)
    expect(ended.err).not.toContain('secret')
  })
})

describe('the program and its database', () => {
  it('starts from nothing; a second one on the same folder and one on a taken port say so', async () => {
    const program = await serve()
    const second = await command(['serve'], { PORT: '0' })
    expect([second.code, second.err]).toEqual([1, expect.stringMatching(/already runs on/)])
    // Whatever else is asked of the folder meanwhile works beside it, and does not stop its database.
    expect((await command(['migrate', '--json'])).code).toBe(0)
    expect((await fetch(`http://127.0.0.1:${port}/readyz`)).status).toBe(200)
    program.child.kill('SIGTERM')
    const ended = await program.ended
    expect(ended.code).toBe(0)
    expect(postmaster()).toBeUndefined()
  }, 120_000)

  it('a port that somebody else has is one sentence, and nothing is left running', async () => {
    const taken = createServer()
    await new Promise<void>((resolve) => taken.listen(port, '127.0.0.1', resolve))
    const ended = await command(['serve'], { PORT: String(port) })
    taken.close()
    expect([ended.code, ended.err]).toEqual([1, expect.stringMatching(/^Port \d+ is taken/)])
    expect(postmaster()).toBeUndefined()
  }, 60_000)

  it('keeps to its mode: what is production stays production (decision 22)', async () => {
    const ended = await command(['migrate'], { MODE: 'demo' })
    expect([ended.code, ended.err]).toEqual([1, expect.stringMatching(/made in production mode/)])
  }, 60_000)

  it('kill -9 of the program, of the database, of both: each time the next start works', async () => {
    const first = await serve()
    first.child.kill('SIGKILL')
    await first.ended
    const second = await serve()
    process.kill(postmaster() ?? 0, 'SIGKILL')
    const away = await fetch(`http://127.0.0.1:${port}/readyz`)
    expect([200, 503]).toContain(away.status)
    // The program brings its database back by itself.
    await ready(second)
    process.kill(postmaster() ?? 0, 'SIGKILL')
    second.child.kill('SIGKILL')
    await second.ended
    const third = await serve()
    third.child.kill('SIGTERM')
    expect((await third.ended).code).toBe(0)
  }, 120_000)

  it('what was acknowledged before a kill -9 of the database is there afterwards', async () => {
    const program = await serve()
    const client = await connect()
    const acknowledged: string[] = []
    const killing = sleep(150).then(() => process.kill(postmaster() ?? 0, 'SIGKILL'))
    try {
      for (;;) {
        const key = `crash.${acknowledged.length}`
        await client.query(`insert into platform.setting (key, value) values ($1, '1')`, [key])
        acknowledged.push(key)
      }
    } catch {
      // The kill.
    }
    await killing
    await ready(program)
    const again = await connect()
    const { rows } = await again.query<{ key: string }>(`select key from platform.setting where key like 'crash.%'`)
    await again.end()
    expect(acknowledged.length).toBeGreaterThan(0)
    expect(rows.map((r) => r.key)).toEqual(expect.arrayContaining(acknowledged))
    program.child.kill('SIGTERM')
    expect((await program.ended).code).toBe(0)
  }, 120_000)
})
