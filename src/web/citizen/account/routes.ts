import type { Route } from '../../http.ts'
import { autosaveCompletion, postCompletion, showCompletion } from './completion.tsx'
import { collectMyResult, showMyDossier, showMyFile, withdrawMyOwn } from './dossier.tsx'
import { deleteDraft, showAccount } from './home.tsx'
import { savePreferences, showPreferences } from './preferences.tsx'
import { postSupplement, showSupplement } from './supplement.tsx'

export const myAccountRoutes: readonly Route[] = [
  { method: 'GET', path: '/tai-khoan', access: 'signed-in', handle: showAccount },
  { method: 'POST', path: '/tai-khoan/ban-nhap/xoa', access: 'signed-in', handle: deleteDraft },
  { method: 'GET', path: '/tai-khoan/tin-nhan', access: 'signed-in', handle: showPreferences },
  { method: 'POST', path: '/tai-khoan/tin-nhan', access: 'signed-in', handle: savePreferences },
  { method: 'GET', path: '/tai-khoan/ho-so/:id', access: 'signed-in', handle: showMyDossier },
  { method: 'POST', path: '/tai-khoan/ho-so/:id/nhan-ket-qua', access: 'signed-in', handle: collectMyResult, perMinute: 30 },
  { method: 'GET', path: '/tai-khoan/ho-so/:id/tep/:tep', access: 'signed-in', handle: showMyFile },
  { method: 'GET', path: '/tai-khoan/ho-so/:id/bo-sung-giay-to', access: 'signed-in', handle: showSupplement },
  { method: 'POST', path: '/tai-khoan/ho-so/:id/bo-sung-giay-to', access: 'signed-in', handle: postSupplement, takesFiles: true, perMinute: 60 },
  { method: 'POST', path: '/tai-khoan/ho-so/:id/rut', access: 'signed-in', handle: withdrawMyOwn, perMinute: 30 },
  { method: 'GET', path: '/tai-khoan/ho-so/:id/bo-sung', access: 'signed-in', handle: showCompletion },
  { method: 'POST', path: '/tai-khoan/ho-so/:id/bo-sung', access: 'signed-in', handle: postCompletion, takesFiles: true, perMinute: 60 },
  { method: 'POST', path: '/tai-khoan/ho-so/:id/bo-sung/luu', access: 'signed-in', handle: autosaveCompletion, perMinute: 120 },
]
