import type { Route } from '../../http.ts'
import { showDone } from './done.tsx'
import { autosave, postForm, showForm } from './form-step.tsx'
import { postPapers, showPapers } from './papers-step.tsx'
import { postReview, showReview } from './review-step.tsx'
import { startRoutes } from './start.tsx'

/** Filing needs to know who files, and so do papers: an account from step 3 on (decision 21). */
export const applicationRoutes: readonly Route[] = [
  ...startRoutes,
  { method: 'GET', path: '/nop-ho-so/ban-nhap/:id/to-khai', access: 'public', handle: showForm },
  { method: 'POST', path: '/nop-ho-so/ban-nhap/:id/to-khai', access: 'public', handle: postForm, perMinute: 60 },
  { method: 'POST', path: '/nop-ho-so/ban-nhap/:id/luu', access: 'public', handle: autosave, perMinute: 120 },
  { method: 'GET', path: '/nop-ho-so/ban-nhap/:id/giay-to', access: 'signed-in', handle: showPapers },
  { method: 'POST', path: '/nop-ho-so/ban-nhap/:id/giay-to', access: 'signed-in', handle: postPapers, takesFiles: true, perMinute: 60 },
  { method: 'GET', path: '/nop-ho-so/ban-nhap/:id/xem-lai', access: 'signed-in', handle: showReview },
  { method: 'POST', path: '/nop-ho-so/ban-nhap/:id/xem-lai', access: 'signed-in', handle: postReview, perMinute: 30 },
  { method: 'GET', path: '/nop-ho-so/xong/:id', access: 'signed-in', handle: showDone },
]
