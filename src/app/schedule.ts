/** What happens by itself, and when (Vietnamese time). Missed ones are made up for at the next start within a day. */
import { sql } from '#platform/db/db.ts'
import { type ScheduledTask, forgetOldRuns } from '#platform/jobs/worker.ts'
import { sweepKeptForms } from '#modules/access'
import { sweepUploads } from '#modules/documents'
import { lapseSupplements, runLateness, sweepDrafts, sweepWrongLookUps, tellMorningWork } from '#modules/dossier'
import { sweepMessages, wakeMessages } from '#modules/notification'
import { pruneAccess } from '#platform/log/access.ts'
import { sealLog } from '#platform/log/seal.ts'
import { partitionYears } from './open.ts'

export type ScheduleSettings = { readonly sealsDir: string; readonly accessLogDays: number }

export const schedule = ({ sealsDir, accessLogDays }: ScheduleSettings): readonly ScheduledTask[] => [
  { name: 'seal', due: '00:30', title: 'Niêm phong nhật ký', run: async (ctx) => void (await sealLog(ctx, { sealsDir })) },
  {
    name: 'partitions',
    due: '01:00',
    title: 'Mở phân vùng cho những năm tới',
    run: async (ctx) => {
      for (const year of partitionYears(ctx.now)) await sql`select platform.ensure_year(${year}::int)`.execute(ctx.db)
    },
  },
  { name: 'morning-digest', due: '07:00', title: 'Bản tin buổi sáng cho cán bộ', run: async (ctx) => void (await tellMorningWork(ctx)) },
  { name: 'wake-messages', due: '*:10', title: 'Gửi tin nhắn đã đến giờ', run: async (ctx) => void (await wakeMessages(ctx)) },
  { name: 'sweep-uploads', due: '*:20', title: 'Dọn tệp tải lên không nộp', run: async (ctx) => void (await sweepUploads(ctx)) },
  { name: 'lapse-supplements', due: '00:10', title: 'Ghi nhận yêu cầu bổ sung quá hạn', run: async (ctx) => void (await lapseSupplements(ctx)) },
  { name: 'sweep-kept-forms', due: '*:25', title: 'Dọn nội dung giữ qua phiên đã hết', run: async (ctx) => sweepKeptForms(ctx) },
  // The first run after midnight has the day's letters ready in the morning; the others find what was received or resumed since, and limits in hours.
  { name: 'lateness', due: '*:05', title: 'Soạn thư xin lỗi, ghi nhận hồ sơ quá hạn, hết hạn lấy ý kiến', run: async (ctx) => void (await runLateness(ctx)) },
  {
    name: 'sweep',
    due: '01:30',
    title: 'Dọn những gì đã hết hạn giữ',
    run: async (ctx) => {
      await sql`delete from platform.request where keep_until < ${new Date(ctx.now).toISOString()}::timestamptz`.execute(ctx.db)
      await forgetOldRuns(ctx)
      await sweepWrongLookUps(ctx)
      await sweepDrafts(ctx)
      await pruneAccess(ctx, accessLogDays)
      await sweepMessages(ctx)
    },
  },
]
