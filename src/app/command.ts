/** What every file in `commands/` exports. */
type Command = {
  readonly help: string
  /** @returns the exit code: 0 done, 1 failed, 2 used wrongly */
  readonly run: (args: string[]) => Promise<number>
}

type Entry = { readonly about: string; readonly load: () => Promise<Command>; readonly hidden?: boolean }

/** Loaded only when asked for: a command line should answer at once. */
export const COMMANDS: Readonly<Record<string, Entry>> = {
  serve: { about: 'run the city: pages, background work, database', load: () => import('./commands/serve.ts') },
  migrate: { about: 'bring the database to this release', load: () => import('./commands/migrate.ts') },
  'import-procedures': { about: 'read procedures into the catalogue from JSON-lines files', load: () => import('./commands/import-procedures.ts') },
  seed: { about: 'found the demo city', load: () => import('./commands/seed.ts') },
  user: { about: 'accounts: list, add, reset-password, disable, enable, posts', load: () => import('./commands/user.ts') },
  erase: { about: 'erase what is kept about a person, for good', load: () => import('./commands/erase.ts') },
  deadline: { about: 'compute and explain due dates, JSON lines in and out', load: () => import('./commands/deadline.ts') },
  lateness: { about: 'draft the letters that are due, mark what is late', load: () => import('./commands/lateness.ts') },
  seal: { about: 'seal the log, in the database and outside it', load: () => import('./commands/seal.ts') },
  verify: { about: 'compute the whole log again and name the first bad event', load: () => import('./commands/verify.ts') },
  'dev:publish-forms': { about: 'keep changed electronic forms as new versions (development)', load: () => import('./commands/dev-publish-forms.ts') },
  'dev:db-types': { about: 'write db/types.ts from the migrations (development)', load: () => import('./commands/dev-db-types.ts') },
}

export const overview = (): string => `Một Cửa: the one-stop shop of a city

Usage: npm run -s motcua -- <command> [options]

${Object.entries(COMMANDS)
  .map(([name, { about }]) => `  ${name.padEnd(20)}${about}`)
  .join('\n')}

<command> --help explains one command. Exit codes: 0 done, 1 failed, 2 used wrongly.
Environment: DATA_DIR (default ./var), DATABASE_URL (default: an embedded PostgreSQL in DATA_DIR), HOST, PORT, MODE, LOG_LEVEL.`
