/** A life in which everything was wrong once, by the commands of the program: a row of every kind of correction, and a re-opening. */
import type { Uuid } from '#kernel/ids.ts'
import { dateOf, plainDate } from '#kernel/plain-date.ts'
import { correctEntries, correctPayment, correctProcedure, correctReception, correctResult, CorrectEntries, confirmPayment, reopenDossier, requestPayment } from '#modules/dossier'
import type { Ctx } from '#platform/ctx.ts'
import { on } from './detours.ts'
import { type Ward, kiteProcedure, must, receivedDossier, sendAlong } from './factories.ts'
import { kiteMethod } from './kite-permit.ts'

/** Of ten working days, with one paper of the kite permit. */
export const GLIDER = '1.999002'
export const gliderProcedure = (ctx: Ctx) =>
  kiteProcedure(ctx, { code: GLIDER, name: 'Cấp giấy phép bay tàu lượn', methods: [kiteMethod({ time_limit: { amount: 10, unit: 'working-day' }, time_limit_raw: '10 Ngày làm việc' })], components: [{ group: null, name: 'Ảnh con diều', templates: [], originals: 1, copies: 0 }] })

export const ENTRIES = { name: 'Nguyễn Đăng Diễu', personalNumber: '046190000009', phone: '0905000009', address: '9 Lê Lợi', email: '', delivery: 'postal', deliveryAddress: '9 Lê Lợi' }

export const everyCorrection = async (ctx: Ctx, ward: Ward): Promise<Uuid> => {
  await gliderProcedure(ctx)
  const { id } = await receivedDossier(ctx, ward)
  const [desk, leader, officer, head] = [ward.receiver, ward.leader, ward.caseOfficer, ward.signer].map((actor): Ctx => ({ ...ctx, actor })) as [Ctx, Ctx, Ctx, Ctx]
  const today = dateOf(ctx.now)
  must(await correctEntries(desk, CorrectEntries.parse({ ...(await on(ctx, id)), reason: 'Ghi nhầm tên', ...ENTRIES })))
  must(await correctReception(leader, { ...(await on(ctx, id)), reason: 'Mất điện, nhập sau', receivedOn: today, receivedTime: '07:30' }))
  await sendAlong(ctx, ward, id, ['forward-desk', 'assign'])
  must(await correctProcedure(leader, { ...(await on(ctx, id)), reason: 'Chọn nhầm thủ tục', procedureCode: GLIDER, methodRow: 1 }))
  const notice = { noticeNumber: '15/TB-CCT', noticeOn: today, dueOn: plainDate('2026-12-31') }
  must(await requestPayment(officer, { ...(await on(ctx, id)), amount: 20_000, ...notice }))
  must(await correctPayment(officer, { ...(await on(ctx, id)), reason: 'Thiếu một số không', amount: 200_000, ...notice }))
  must(await confirmPayment(desk, { ...(await on(ctx, id)), paidOn: today, evidence: 'Biên lai 000123' }))
  await sendAlong(ctx, ward, id, ['forward', 'forward-review', 'approve', 'issue', 'return'])
  must(await correctResult(head, { ...(await on(ctx, id)), reason: 'Sai tên', kind: 'granted', title: 'Giấy phép bay tàu lượn', issuedOn: today }))
  must(await reopenDossier(head, { ...(await on(ctx, id)), reason: 'Khiếu nại đúng', to: 'HANDLE' }))
  return id
}
