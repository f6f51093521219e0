/** Everything that the environment may say, checked once at the start. */
import { join, resolve } from 'node:path'
import { z } from 'zod'
import { CannotStart } from './cannot-start.ts'

const MODES = ['demo', 'production'] as const
export type Mode = (typeof MODES)[number]

const flag = z
  .enum(['0', '1'], { error: 'is 0 or 1' })
  .default('0')
  .transform((value) => value === '1')

const port = z.coerce.number({ error: 'is a number' }).int().min(0).max(65_535, { error: 'is at most 65535' })

const Environment = z.object({
  HOST: z.string().min(1).default('127.0.0.1'),
  PORT: port.default(3000),
  DATA_DIR: z.string().min(1).default('./var'),
  FILES_DIR: z.string().min(1).optional(),
  /** `s3://bucket/prefix?endpoint=…&region=…`; without it files lie in FILES_DIR. */
  FILES_URL: z.string().min(1).optional(),
  SEALS_DIR: z.string().min(1).optional(),
  DATABASE_URL: z
    .string()
    .regex(/^postgres(ql)?:\/\//, { error: 'begins with postgres://' })
    .optional(),
  DB_POOL: z.coerce.number({ error: 'is a number' }).int().min(2, { error: 'is at least 2' }).max(200).default(12),
  MODE: z.enum(MODES, { error: 'is demo or production' }).optional(),
  DEMO_PUBLIC: flag,
  METRICS_PUBLIC: flag,
  TRUST_PROXY: flag,
  PUBLIC_URL: z.url({ protocol: /^https?$/, error: 'is an http or https address' }).optional(),
  SECRET: z.string().min(32, { error: 'has at least 32 characters' }).optional(),
  SMTP_URL: z
    .string()
    .regex(/^smtps?:\/\/[^/]/, { error: 'begins with smtp:// or smtps://' })
    .optional(),
  MAIL_FROM: z
    .string()
    .regex(/^[^\r\n]*@[^\r\n]+$/, { error: 'is an e-mail address, with a name before it if you like: Một Cửa <khong-tra-loi@example.vn>' })
    .optional(),
  SMS_URL: z.url({ protocol: /^https?$/, error: 'is an http or https address' }).optional(),
  APP_MESSAGE_URL: z.url({ protocol: /^https?$/, error: 'is an http or https address' }).optional(),
  LOG_LEVEL: z.enum(['fatal', 'error', 'warn', 'info', 'debug', 'trace', 'silent'], { error: 'is one of fatal, error, warn, info, debug, trace, silent' }).default('info'),
  LOG_FILE: z.string().min(1).optional(),
  ACCESS_LOG_DAYS: z.coerce.number({ error: 'is a number' }).int().min(180, { error: 'is at least 180' }).max(36_500).default(1_826),
  MOTCUA_DEV: flag,
})

export type Config = {
  readonly host: string
  /** 0 = any free one. */
  readonly port: number
  readonly dataDir: string
  readonly filesDir: string
  readonly filesUrl: string | undefined
  /** Where seals are copied to, outside the database. */
  readonly sealsDir: string
  /** Undefined: the embedded server. */
  readonly databaseUrl: string | undefined
  readonly poolSize: number
  /** What was asked for; what holds stands in the database. */
  readonly mode: Mode | undefined
  readonly demoPublic: boolean
  readonly metricsPublic: boolean
  /** Believe `X-Forwarded-For` and `-Proto`. */
  readonly trustProxy: boolean
  /** As citizens type it; printed on receipts. */
  readonly publicUrl: string | undefined
  readonly secret: string | undefined
  /** Mail server and gateways for messages; a channel without one does not exist. A demo city uses none. */
  readonly smtpUrl: string | undefined
  readonly mailFrom: string | undefined
  readonly smsUrl: string | undefined
  readonly appMessageUrl: string | undefined
  readonly logLevel: string
  readonly logFile: string | undefined
  /** How long it is kept who looked at whose data. */
  readonly accessLogDays: number
  /** Under `npm run dev`. */
  readonly dev: boolean
}

/** @throws CannotStart naming every variable that is wrong */
export const readConfig = (env: Readonly<Record<string, string | undefined>> = process.env): Config => {
  // An empty variable is one that was not set: that is how it looks in many a unit file.
  const parsed = Environment.safeParse(Object.fromEntries(Object.entries(env).filter(([, value]) => value !== '')))
  if (!parsed.success) {
    throw new CannotStart(`Wrong setting: ${parsed.error.issues.map((issue) => `${issue.path.join('.')} ${issue.message}`).join('; ')}.`)
  }
  const e = parsed.data
  if (e.SMTP_URL !== undefined && e.MAIL_FROM === undefined) throw new CannotStart('Wrong setting: SMTP_URL needs MAIL_FROM, the address that mail comes from.')
  const dataDir = resolve(e.DATA_DIR)
  return {
    host: e.HOST,
    port: e.PORT,
    dataDir,
    filesUrl: e.FILES_URL,
    filesDir: e.FILES_DIR === undefined ? join(dataDir, 'files') : resolve(e.FILES_DIR),
    sealsDir: e.SEALS_DIR === undefined ? join(dataDir, 'seals') : resolve(e.SEALS_DIR),
    databaseUrl: e.DATABASE_URL,
    poolSize: e.DB_POOL,
    mode: e.MODE,
    demoPublic: e.DEMO_PUBLIC,
    metricsPublic: e.METRICS_PUBLIC,
    trustProxy: e.TRUST_PROXY,
    publicUrl: e.PUBLIC_URL?.replace(/\/+$/, ''),
    secret: e.SECRET,
    smtpUrl: e.SMTP_URL,
    mailFrom: e.MAIL_FROM,
    smsUrl: e.SMS_URL,
    appMessageUrl: e.APP_MESSAGE_URL,
    logLevel: e.LOG_LEVEL,
    logFile: e.LOG_FILE,
    accessLogDays: e.ACCESS_LOG_DAYS,
    dev: e.MOTCUA_DEV,
  }
}

export const isLoopback = (host: string): boolean => host === 'localhost' || host === '::1' || /^(::ffff:)?127\./.test(host)

/** Decision 22: a demo has sign-ins that everybody knows. @throws CannotStart */
export const refusePublicDemo = (config: Config, mode: Mode): void => {
  if (mode === 'demo' && !isLoopback(config.host) && !config.demoPublic) {
    throw new CannotStart(`A demo city does not listen on ${config.host}, because everybody knows its passwords: set DEMO_PUBLIC=1 if that is what you want.`)
  }
}

/** A message without the address of its page leads nowhere, and what this program listens on is not what a citizen types. @throws CannotStart */
export const refuseLinkless = (config: Config, mode: Mode): void => {
  const sends = config.smtpUrl ?? config.smsUrl ?? config.appMessageUrl
  if (mode === 'production' && sends !== undefined && config.publicUrl === undefined) {
    throw new CannotStart('Messages carry links, and nobody said where citizens reach this installation: set PUBLIC_URL (https://motcua.example.vn), or take SMTP_URL, SMS_URL and APP_MESSAGE_URL away.')
  }
}
