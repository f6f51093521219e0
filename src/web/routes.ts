/** Every page and action of the program, gathered from the audiences. Tests walk this table. */
import { galleryRoutes } from './ui/gallery.tsx'
import type { Route } from './http.ts'

export const routes: readonly Route[] = [...galleryRoutes]
