/** Decision 21: what is typed is kept, for thirty days, for whoever typed it and for nobody else. */
import { describe, expect, it } from 'vitest'
import { Forbidden, NotFound } from '#kernel/errors.ts'
import { type Instant, MS_PER_DAY } from '#kernel/plain-date.ts'
import type { Actor, Ctx } from '#platform/ctx.ts'
import { inTx } from '#platform/db/db.ts'
import { newId } from '#platform/ids.ts'
import { NOW, testDb } from '#test/db.ts'
import { must } from '#test/factories.ts'
import { adoptDrafts, dropDraft, findCompletionDraft, getDraft, listMyDrafts, newDraftBearer, saveDraft, startDraft, sweepDrafts } from '../index.ts'
import { closeDraft } from './draft.ts'

const db = await testDb()
const anybody = (now: Instant = NOW): Ctx => db.ctx({ actor: { kind: 'anonymous' }, now })
const citizen = (): Extract<Actor, { kind: 'person' }> => ({ kind: 'person', userId: newId(NOW), personId: newId(NOW), posts: [] })
const as = (actor: Actor, now: Instant = NOW): Ctx => db.ctx({ actor, now })
const after = (days: number) => (NOW + days * MS_PER_DAY) as Instant
const chosen = () => ({ procedureCode: '1.999001', revisionId: newId(NOW), agencyId: newId(NOW), methodRow: 2 })
const begin = async (ctx: Ctx, bearer?: string) => must(await startDraft(ctx, chosen(), bearer)).id

describe('before sign-in a draft is owned by the cookie', () => {
  it('keeps answers as typed, wrong ones too', async () => {
    const bearer = newDraftBearer()
    const id = await begin(anybody(), bearer)
    const fields = { 'mother.birthOn': ['31/02/1990'], 'children.0.name': [' bé  Sáo '], purpose: ['a', 'b'] }
    await saveDraft(anybody(), { id, fields }, bearer)
    expect(await getDraft(anybody(), id, bearer)).toMatchObject({ fields, papers: {}, methodRow: 2, submittedAs: null })
    await saveDraft(anybody(), { id, papers: { '1': [newId(NOW)] } }, bearer)
    expect((await getDraft(anybody(), id, bearer)).fields, 'a part left out stays').toEqual(fields)
  })

  it('nobody else opens, changes or drops it: neither another cookie, nor none, nor an account', async () => {
    const bearer = newDraftBearer()
    const id = await begin(anybody(), bearer)
    for (const [ctx, other] of [[anybody(), newDraftBearer()], [anybody(), undefined], [as(citizen()), undefined]] as const) {
      await expect(getDraft(ctx, id, other)).rejects.toThrow(NotFound)
      await expect(saveDraft(ctx, { id, fields: {} }, other)).rejects.toThrow(NotFound)
      await dropDraft(ctx, id, other).catch(() => undefined)
    }
    expect(await getDraft(anybody(), id, bearer)).toMatchObject({ id })
    expect(await listMyDrafts(anybody())).toEqual([])
  })

  it('the database never holds the cookie itself', async () => {
    const bearer = newDraftBearer()
    const id = await begin(anybody(), bearer)
    const { rows } = await db.owner.query<{ owner: string }>('select owner from dossier.draft where id = $1', [id])
    expect(rows[0]?.owner).toMatch(/^cookie:[0-9a-f]{64}$/)
    expect(rows[0]?.owner).not.toContain(bearer)
  })
})

describe('at sign-in', () => {
  it('the account takes it over, and the cookie opens it no more', async () => {
    const [bearer, mai] = [newDraftBearer(), citizen()]
    const id = await begin(anybody(), bearer)
    await saveDraft(anybody(), { id, fields: { name: ['Mai'] } }, bearer)
    expect(await adoptDrafts(as(mai), bearer)).toBe(1)
    expect(await getDraft(as(mai), id, undefined)).toMatchObject({ fields: { name: ['Mai'] } })
    await expect(getDraft(anybody(), id, bearer)).rejects.toThrow(NotFound)
    expect(await adoptDrafts(as(citizen()), bearer), 'by somebody else, later').toBe(0)
    expect((await listMyDrafts(as(mai))).map((d) => d.id)).toEqual([id])
    await expect(adoptDrafts(anybody(), bearer)).rejects.toThrow(Forbidden)
  })
})

describe('filed', () => {
  it('its contents go, and the row tells a form sent twice which dossier it became', async () => {
    const mai = citizen()
    const [id, dossierId] = [await begin(as(mai)), newId(NOW)]
    await saveDraft(as(mai), { id, fields: { name: ['Mai'] } }, undefined)
    await inTx(as(mai), (ctx) => closeDraft(ctx, id, dossierId))
    expect(await getDraft(as(mai), id, undefined)).toMatchObject({ submittedAs: dossierId, fields: {} })
    expect(await listMyDrafts(as(mai))).toEqual([])
    await expect(saveDraft(as(mai), { id, fields: { name: ['again'] } }, undefined)).rejects.toThrow(NotFound)
  })

  it("somebody else's draft is not closed", async () => {
    const mai = citizen()
    const id = await begin(as(mai))
    await inTx(as(citizen()), (ctx) => closeDraft(ctx, id, newId(NOW)))
    expect((await getDraft(as(mai), id, undefined)).submittedAs).toBeNull()
  })
})

describe('an answer to a request', () => {
  it('begun in two tabs is one draft', async () => {
    const [mai, dossierId] = [citizen(), newId(NOW)]
    const both = await Promise.all([0, 1].map(() => startDraft(as(mai), { ...chosen(), completes: dossierId }, undefined)))
    expect(must(both[0]!).id).toBe(must(both[1]!).id)
    expect(await findCompletionDraft(as(mai), dossierId)).toMatchObject({ completes: dossierId })
    expect(await listMyDrafts(as(mai)), 'it is shown with its dossier').toEqual([])
    expect(await findCompletionDraft(as(citizen()), dossierId)).toBeUndefined()
  })
})

describe('thirty days', () => {
  it('begin anew with every saving, then it is gone, and the sweep takes it', async () => {
    const mai = citizen()
    const id = await begin(as(mai))
    await saveDraft(as(mai, after(20)), { id, fields: {} }, undefined)
    expect(await getDraft(as(mai, after(49)), id, undefined)).toMatchObject({ id })
    await expect(getDraft(as(mai, after(51)), id, undefined)).rejects.toThrow(NotFound)
    await expect(saveDraft(as(mai, after(51)), { id, fields: {} }, undefined)).rejects.toThrow(NotFound)
    expect(await sweepDrafts(db.ctx({ now: after(51) }))).toBeGreaterThan(0)
    expect((await db.owner.query('select 1 from dossier.draft where id = $1', [id])).rowCount).toBe(0)
  })
})

describe('limits', () => {
  it('twenty drafts at a time; what is longer than any form is refused', async () => {
    const mai = citizen()
    for (let n = 0; n < 20; n++) await begin(as(mai))
    expect(await startDraft(as(mai), chosen(), undefined)).toEqual({ ok: false, error: { code: 'too-many-drafts', most: 20 } })
    const [first] = await listMyDrafts(as(mai))
    await expect(saveDraft(as(mai), { id: first!.id, fields: Object.fromEntries(Array.from({ length: 20 }, (_, i) => [`f${i}`, ['x'.repeat(15_000)]])) }, undefined)).rejects.toThrow()
    await dropDraft(as(mai), first!.id, undefined)
    expect(await startDraft(as(mai), chosen(), undefined)).toMatchObject({ ok: true })
  })
})
