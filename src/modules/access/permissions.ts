/**
 * Who may do what, by post (domain.md §15). Pure: the same table shows a button and refuses a request.
 * The system administrator has no right to read citizens' dossiers by default.
 */
export const ROLES = [
  'desk-officer', // công chức tiếp nhận
  'case-officer', // công chức/chuyên viên thụ lý
  'unit-leader', // lãnh đạo phòng
  'signer', // phó chủ tịch, phó giám đốc, giám đốc sở
  'chair', // chủ tịch
  'clerk', // văn thư
  'desk-leader', // giám đốc trung tâm phục vụ hành chính công
  'control-officer', // kiểm soát TTHC
  'home-affairs', // nội vụ
  'administrator', // quản trị hệ thống
] as const
export type Role = (typeof ROLES)[number]

export const PERMISSIONS = {
  'dossier.receive': ['desk-officer', 'desk-leader'],
  'dossier.return': ['desk-officer', 'desk-leader'],
  'dossier.read': ['desk-officer', 'desk-leader', 'case-officer', 'unit-leader', 'signer', 'chair', 'clerk'],
  /** Register and search, over what one may see; open one of it to read. */
  'dossier.find': ['desk-officer', 'desk-leader', 'case-officer', 'unit-leader', 'signer', 'chair', 'clerk', 'control-officer'],
  /** The board of a unit: what is open, where, with whom, how late. */
  'dossier.monitor': ['unit-leader', 'desk-leader', 'signer', 'chair', 'control-officer'],
  /** Sees the dossiers of the whole city, and acts on none (kiểm soát thủ tục hành chính). */
  'dossier.oversee': ['control-officer'],
  'dossier.assign': ['unit-leader'],
  'dossier.examine': ['case-officer', 'unit-leader'],
  /** Give the opinion of the own unit on a dossier of another (ý kiến phối hợp). */
  'dossier.advise': ['case-officer', 'unit-leader', 'signer', 'chair'],
  'dossier.review': ['unit-leader'],
  'dossier.approve': ['signer', 'chair'],
  'dossier.issue': ['clerk'],
  /** Find, register and correct applicants at the counter, officers in the administration. */
  'person.register': ['desk-officer', 'desk-leader', 'administrator'],
  'catalogue.browse': ['administrator', 'control-officer'],
  'catalogue.import': ['administrator'],
  'catalogue.settle': ['administrator', 'control-officer'],
  'calendar.edit': ['administrator', 'control-officer'],
  'organisation.edit': ['administrator'],
  /** Give powers of one's own post to somebody else for a time; the administrator records what was signed on paper. Never by delegation. */
  'delegation.give': ['unit-leader', 'desk-leader', 'signer', 'chair', 'administrator'],
  /** Say who of the own unit or agency is away, and who stands in. */
  'absence.record': ['unit-leader', 'desk-leader', 'signer', 'chair', 'administrator'],
  'account.manage': ['administrator'],
  /** Demo cities only. */
  'clock.move': ['administrator'],
  /** Layouts of the official forms. */
  'papers.edit': ['administrator', 'control-officer'],
  'audit.read': ['administrator', 'control-officer'],
  'jobs.manage': ['administrator'],
  /** Messages that were sent, their templates, quiet hours. */
  'messages.manage': ['administrator'],
} as const satisfies Record<string, readonly Role[]>
export type Permission = keyof typeof PERMISSIONS

/** What a written delegation may hand on: work on dossiers, never the right to delegate, to administer or to oversee the city. */
export const DELEGABLE: readonly Permission[] = (Object.keys(PERMISSIONS) as Permission[]).filter((p) => p === 'person.register' || (p.startsWith('dossier.') && p !== 'dossier.oversee'))

/** Whether a delegation for some procedures limits it: people at the counter are registered for whatever they come for. */
export const isOfProcedure = (permission: Permission): boolean => permission.startsWith('dossier.')

/** What a stand-in does for who is away. Signing, reviewing and assigning need a delegation in writing (NĐ 30/2020 Art 13). */
export const STAND_IN_POWERS: readonly Permission[] = ['dossier.receive', 'dossier.return', 'dossier.read', 'dossier.find', 'dossier.examine', 'dossier.issue', 'person.register']

export const roleCarries = (role: Role, permission: Permission): boolean => (PERMISSIONS[permission] as readonly Role[]).includes(role)
