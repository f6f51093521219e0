/** PURE. Beside what becomes of the matter (`status`), a dossier runs on three more tracks (domain.md §2.1): money, hand-over and synchronisation. All are read off the state. */
import type { DossierState } from './state.ts'
import { statusGroup } from './status.ts'

/** `owed`: a notice is open · `settled`: all are paid · `lapsed`: the dossier ended with one unpaid. */
export type FinanceTrack = 'none' | 'owed' | 'settled' | 'lapsed'
/** `ready`: a result waits at the desk. */
export type HandOverTrack = 'none' | 'ready' | 'handed-over'
/** `not-due`: not received yet, nothing to tell · `waiting`: to be told to the national systems. */
export type SyncTrack = 'not-due' | 'waiting'

/** The notice that is waited for. What a stop or a withdrawal left unpaid is owed no more, also when the dossier is opened again: then there is another notice. */
export const duty = ({ status, paymentDuties }: Pick<DossierState, 'status' | 'paymentDuties'>): DossierState['paymentDuties'][number] | undefined => {
  const last = paymentDuties.at(-1)
  return status === 'awaiting-payment' && last?.paid === null ? last : undefined
}

export const financeOf = (state: DossierState): FinanceTrack => {
  const last = state.paymentDuties.at(-1)
  if (last === undefined) return 'none'
  if (duty(state) !== undefined) return 'owed'
  return last.paid === null ? 'lapsed' : 'settled'
}

export const handOverOf = (state: DossierState): HandOverTrack => {
  if (state.handOver !== null) return 'handed-over'
  return state.status === 'finished' ? 'ready' : 'none'
}

export const syncOf = (state: DossierState): SyncTrack => (statusGroup(state.status) === 'awaiting-intake' ? 'not-due' : 'waiting')

/** When the work was over: the result ready at the desk (9), else the withdrawal or stop (domain.md §2.7); of one that was opened again, for the first time. */
export const endedAtOf = (state: DossierState) => state.reopenings[0]?.endedAt ?? state.finishedAt ?? state.ending?.endedAt ?? null
