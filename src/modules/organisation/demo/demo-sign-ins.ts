/** What `npm start` prints in demo mode. Everybody knows these; they never exist in production (decision 22). */
export const DEMO_PASSWORD = 'MotCua@2026'

export type DemoSignIn = { readonly username: string; readonly password: string; readonly who: string; readonly where: string }

const WARD = 'UBND phường Thuận Hóa'
const CITY = 'UBND thành phố Huế'
const SIGN_INS: readonly (readonly [username: string, who: string, where: string])[] = [
  ['motcua.thuanhoa', 'Công chức một cửa', WARD],
  ['giamdoc.thuanhoa', 'Giám đốc Trung tâm Phục vụ hành chính công', WARD],
  ['hotich.thuanhoa', 'Công chức tư pháp – hộ tịch', WARD],
  ['chanhvanphong.thuanhoa', 'Chánh Văn phòng HĐND và UBND', WARD],
  ['phochutich.thuanhoa', 'Phó Chủ tịch', WARD],
  ['vanthu.thuanhoa', 'Văn thư', WARD],
  ['chutich', 'Chủ tịch', CITY],
  ['kiemsoat', 'Kiểm soát thủ tục hành chính', CITY],
  ['noivu', 'Cải cách hành chính', 'Sở Nội vụ'],
  ['quantri', 'Quản trị hệ thống', CITY],
  ['congdan', 'Công dân', ''],
]

export const listDemoSignIns = (): readonly DemoSignIn[] => SIGN_INS.map(([username, who, where]) => ({ username, password: DEMO_PASSWORD, who, where }))
