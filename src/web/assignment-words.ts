/** How a unit's dossiers find their officer, in words: on the leader's page, the settings, the history of a dossier. */
import type { AssignmentRule, ChosenBy } from '#modules/process'

export const RULE_NAMES: Readonly<Record<AssignmentRule, string>> = {
  manual: 'Lãnh đạo phân công',
  'round-robin': 'Lần lượt từng người',
  'least-loaded': 'Người đang ít việc nhất',
  'by-field': 'Theo lĩnh vực phụ trách',
}

export const CHOSEN_WORDS: Readonly<Record<ChosenBy, string>> = {
  'previous-officer': 'người đã thụ lý hồ sơ này',
  'round-robin': 'lần lượt từng người',
  'least-loaded': 'người đang ít việc nhất',
  'by-field': 'người phụ trách lĩnh vực',
}
