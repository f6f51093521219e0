/** The page's language, so that small components need not be told. A fragment drawn outside a Page is Vietnamese: only officers get those. */
import { createContext, useContext } from 'hono/jsx'
import type { Lang } from '../http.ts'
import type { Words } from '../words.ts'

export const LangContext = createContext<Lang>('vi')
export const useWord = (): ((words: Words) => string) => {
  const lang = useContext(LangContext)
  return (words) => words[lang]
}
