/** Structured logs without personal data: only the fields below, addresses as route patterns, errors without the values in their messages. */
import pino from 'pino'

type LogFields = {
  readonly traceId?: string
  /** The pattern, never the path: paths carry codes and search words. */
  readonly route?: string
  readonly method?: string
  readonly status?: number
  readonly ms?: number
  readonly job?: string
  readonly subscription?: string
  readonly events?: number
  readonly permission?: string
  readonly error?: unknown
}

export type Log = {
  readonly debug: (message: string, fields?: LogFields) => void
  readonly info: (message: string, fields?: LogFields) => void
  readonly warn: (message: string, fields?: LogFields) => void
  readonly error: (message: string, fields?: LogFields) => void
  readonly flush: () => Promise<void>
}

/** Values hide in quotes, in digits and in words with accents and their capitalised neighbours: a message keeps its shape without them. */
export const withoutValues = (message: string): string =>
  message
    .replace(/(["'`«“])(?:(?!\1)[^»”])*(["'`»”])/gu, '"…"')
    .replace(/\d{4,}/g, '#')
    .replace(/(?:\p{Lu}\p{L}*\s+)*\S*[^\p{ASCII}…“”«»]\S*(?:\s+(?:\p{Lu}\p{L}*|\S*[^\p{ASCII}…]\S*))*/gu, '…')
    .slice(0, 300)

const framesOf = (stack: string | undefined): readonly string[] =>
  (stack ?? '').split('\n').filter((line) => /^\s+at /.test(line)).slice(0, 12).map((line) => line.trim())

export const describeError = (error: unknown): Readonly<Record<string, unknown>> => {
  if (!(error instanceof Error)) return { name: typeof error }
  const extra: Record<string, unknown> = {}
  for (const key of ['code', 'schema', 'table', 'constraint', 'routine', 'where'] as const) {
    const value = (error as Error & Record<string, unknown>)[key]
    if (typeof value === 'string' && key !== 'where') extra[key] = value
  }
  return { name: error.name, message: withoutValues(error.message), ...extra, stack: framesOf(error.stack), ...(error.cause instanceof Error ? { cause: describeError(error.cause) } : {}) }
}

/** @param file undefined = standard output */
export const createLog = (level: string, file?: string): Log => {
  const target = pino.destination({ dest: file ?? 1, sync: false, minLength: 0, mkdir: true })
  const base = pino({ level, base: undefined, timestamp: pino.stdTimeFunctions.isoTime, formatters: { level: (label) => ({ level: label }) }, serializers: { error: describeError } }, target)
  const at = (name: 'debug' | 'info' | 'warn' | 'error') => (message: string, fields?: LogFields) => base[name](fields ?? {}, message)
  return {
    debug: at('debug'),
    info: at('info'),
    warn: at('warn'),
    error: at('error'),
    // Not flushSync: it writes again what is just being written.
    flush: () => new Promise((resolve) => target.flush(() => resolve())),
  }
}

export const SILENT: Log = { debug: () => undefined, info: () => undefined, warn: () => undefined, error: () => undefined, flush: async () => {} }
