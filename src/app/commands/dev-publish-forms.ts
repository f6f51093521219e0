/** Keeps the forms of `data/forms/` as they are now among those that went out. Development only: before a changed form is released. */
import { writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { formsWithToday } from '#modules/catalogue'
import { ROOT } from '../places.ts'

export const help = `motcua dev:publish-forms

Adds every form of data/forms whose content is new to data/forms/published.json, where each
version stays for good: answers are read by the version that they were given to.

Exit code: 0 written.`

export const run = async (): Promise<number> => {
  await writeFile(join(ROOT, 'data/forms/published.json'), formsWithToday())
  return 0
}
