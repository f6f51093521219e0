/** Each rule of docs/domain/forms.md that a form can hold, by the number that it has there. */
import { describe, expect, it } from 'vitest'
import type { Json } from '#kernel/digest.ts'
import { PERSON, TODAY, errorsOf, filled, filledWith, formNamed, warningsFor } from '#test/filled-forms.ts'
import { answersFromFields, prefillAnswers } from './answers.ts'
import { checkAnswers } from './check-answers.ts'
import { dateInWords, moneyInWords } from './computed.ts'
import { valueAt, withValue } from './pointers.ts'
import { answersInWords, summaryOf } from './summary.ts'
import { isRows, walk } from './walk.ts'

const BIRTH = 'khai-sinh'
const MARRIAGE = 'ket-hon'
const STATUS = 'tinh-trang-hon-nhan'
const RESIDENCE = 'thuong-tru'
const BUSINESS = 'ho-kinh-doanh'
const GRANDPARENT = { '/requester/requesterRelation': 'grandparent' }
const shown = (slug: string, answers: Json, at: string): boolean => walk(formNamed(slug), answers).some((placed) => placed.at === at && placed.shown)

describe('A: what several forms share', () => {
  it('A1: a name is letters', () => {
    expect(errorsOf('chung', { '/requester/fullName': 'R2-D2' })).toHaveProperty(['/requester/fullName'])
    expect(errorsOf('chung', { '/requester/fullName': "H'Hen Niê" })).toEqual({})
  })
  it('A1: a day of birth may be only a month or a year, and is not after today', () => {
    for (const day of ['1950', '1950-04', '1950-04-12']) expect(errorsOf(BIRTH, { ...GRANDPARENT, '/requester/dateOfBirth': day })).toEqual({})
    expect(errorsOf('chung', { '/requester/dateOfBirth': '2026-11-21' })['/requester/dateOfBirth']).toContain('sau ngày hôm nay')
    expect(errorsOf('chung', { '/requester/dateOfBirth': '2026-11-21' }, 'en')['/requester/dateOfBirth']).toBe('Date of birth must not be after today.')
  })
  it('A1, 4: the ethnic group is asked of citizens only', () => {
    const foreigner = filledWith(BIRTH, { ...GRANDPARENT, '/mother/hasNumber': 'no', '/mother/nationality': 'FR' })
    expect(shown(BIRTH, foreigner, '/mother/ethnicity')).toBe(false)
    expect(shown(BIRTH, withValue(foreigner, '/mother/nationality', 'VN'), '/mother/ethnicity')).toBe(true)
  })
  it('A2: the commune lies in the province', () => {
    expect(errorsOf(RESIDENCE, { '/request/address/communeCode': '00004' })).toHaveProperty(['/request/address/communeCode'])
  })
  it('A2, 6: whoever lives abroad writes the address', () => {
    const abroad = withValue(filledWith(BIRTH, GRANDPARENT), '/mother', { fullName: 'Hồ Thị Sáo', dateOfBirth: '1990-01-01', hasNumber: 'no', nationality: 'FR', residenceKind: 'abroad', identityPaper: { kind: 'ho-chieu-nuoc-ngoai', number: '12AB34567', issueDate: '2020-01-01', issuer: 'Préfecture' } })
    const checked = checkAnswers(formNamed(BIRTH), abroad, TODAY)
    expect(Object.keys(checked.ok ? {} : checked.error)).toEqual(['/mother/residence/foreignText'])
  })
  const paper = (changes: Record<string, Json>) => {
    const put = Object.entries(changes).reduce((answers, [key, value]) => withValue(answers, `/mother/identityPaper/${key}`, value), filledWith(BIRTH, { ...GRANDPARENT, '/mother/hasNumber': 'no' }))
    const checked = checkAnswers(formNamed(BIRTH), put, TODAY)
    return checked.ok ? {} : checked.error
  }
  it.each([
    ['cccd', '046190000001', '04619000000'], ['cmnd', '190123456', '19012345'], ['ho-chieu-viet-nam', 'B1234567', '1234567'], ['ho-chieu-nuoc-ngoai', '12AB34567', 'AB'],
  ])('A3: %s has a number like %s, not like %s', (kind, good, bad) => {
    expect(paper({ kind, number: good })).not.toHaveProperty(['/mother/identityPaper/number'])
    expect(paper({ kind, number: bad })['/mother/identityPaper/number']).toContain('chưa đúng với loại')
  })
  it('A3: it was issued before it expires, and not after today; A7 (3): it is told on one line', () => {
    expect(paper({ expiryDate: '1980-01-01' })).toHaveProperty(['/mother/identityPaper/issueDate'])
    expect(paper({ issueDate: '2026-12-01' })).toHaveProperty(['/mother/identityPaper/issueDate'])
    const answers = { mother: { hasNumber: 'no', identityPaper: { kind: 'cccd', number: '025188001010', issuer: 'Cục Cảnh sát', issueDate: '2021-04-12' } } }
    expect(answersInWords(formNamed(BIRTH), answers)['/mother/identityPaper']).toBe('Thẻ căn cước công dân số 025188001010 do Cục Cảnh sát cấp ngày 12/04/2021')
  })
  it('A4: +84 becomes 0, ten or eleven digits', () => {
    expect(valueAt(answersFromFields(formNamed('chung'), new Map([['requester.phone', ['+84 905 123 456']]]), TODAY), '/requester/phone')).toBe('0905123456')
    expect(errorsOf('chung', { '/requester/phone': '090512345' })).toHaveProperty(['/requester/phone'])
  })
  it('A6: twelve digits or refused; what contradicts the answers is a warning only, each with its own words', () => {
    expect(errorsOf('chung', { '/requester/personalId': '04619000000' })['/requester/personalId']).toContain('12 chữ số')
    const told = (number: string, others: Record<string, Json> = {}) => {
      const changes = { '/owner/personalId': number, '/owner/dateOfBirth': '1990-04-12', '/owner/gender': '2', ...others }
      expect(errorsOf(BUSINESS, changes)).toEqual({})
      return warningsFor(BUSINESS, changes)['/owner/personalId'] ?? ''
    }
    expect(told('046190000001')).toBe('')
    expect(told('003190000001')).toContain('ba số đầu')
    expect(told('102190000001')).toBe('')
    expect(told('046090000001')).toContain('giới tính')
    expect(told('046185000001')).toContain('năm sinh')
    expect(told('046390000001')).toContain('năm sinh')
    expect(told('003085000001').match(/Xem lại/g)).toHaveLength(3)
    expect(warningsFor(BUSINESS, { '/owner/personalId': '046185000001', '/owner/dateOfBirth': '1990-04-12' }, 'en')['/owner/personalId']).toMatch(/^Look again at the personal number: digits four to six/)
  })
  it('A7 (2): with a personal number the rest is not asked', () => {
    const answers = filledWith(BIRTH, GRANDPARENT)
    expect(shown(BIRTH, answers, '/mother/residence')).toBe(false)
    expect(shown(BIRTH, withValue(answers, '/mother/hasNumber', 'no'), '/mother/residence')).toBe(true)
    expect(errorsOf(BIRTH, { ...GRANDPARENT, '/mother/personalId': undefined })).toHaveProperty(['/mother/personalId'])
  })
  it('A8: one to fifty copies, asked where some are wanted', () => {
    const wanted = (n: number) => errorsOf(BIRTH, { '/proof/wantCopies': 'yes', '/proof/copyCount': n })
    expect([wanted(1), wanted(50)]).toEqual([{}, {}])
    for (const n of [0, 51]) expect(wanted(n)).toHaveProperty(['/proof/copyCount'])
  })
  it('dates: typed 31/12/1990 is kept 1990-12-31; 31/02 stays as typed and is told', () => {
    const typed = (date: string) => answersFromFields(formNamed('chung'), new Map([['requester.dateOfBirth', [date]]]), TODAY)
    expect(valueAt(typed('31/12/1990'), '/requester/dateOfBirth')).toBe('1990-12-31')
    expect(valueAt(typed('31/02/1990'), '/requester/dateOfBirth')).toBe('31/02/1990')
    expect(errorsOf('chung', { '/requester/dateOfBirth': '31/02/1990' })['/requester/dateOfBirth']).toContain('ngày/tháng/năm')
  })
})

describe('C1: birth', () => {
  it('I: who requests is 18, unless a parent', () => {
    const born = { '/requester/dateOfBirth': '2008-11-21' }
    expect(errorsOf(BIRTH, { ...GRANDPARENT, ...born })).toHaveProperty(['/requester/dateOfBirth'])
    expect(errorsOf(BIRTH, { ...GRANDPARENT, '/requester/dateOfBirth': '2008-11-20' })).toEqual({})
    expect(errorsOf(BIRTH, { '/requester/requesterRelation': 'mother', ...born })).toEqual({})
  })
  it('2: the parent who files is not asked twice, stands on the paper as parent, and the rules hold for them', () => {
    const mine = filledWith(BIRTH, { '/requester/requesterRelation': 'mother' })
    expect(walk(formNamed(BIRTH), mine).filter((p) => p.at.startsWith('/mother') && p.shown)).toEqual([])
    expect(answersInWords(formNamed(BIRTH), mine)).toMatchObject({ '/mother/fullName': 'Đặng Thị Dũng', '/mother/dateOfBirth': '12/04/1990', '/mother/personalId': '046190000001' })
    expect(errorsOf(BIRTH, { '/requester/requesterRelation': 'mother', '/child/dateOfBirth': '1980-01-01' })).toHaveProperty(['/requester/dateOfBirth'])
  })
  it('2: another relation is said in words', () => {
    expect(errorsOf(BIRTH, { '/requester/requesterRelation': 'other', '/requester/relationOther': undefined })).toHaveProperty(['/requester/relationOther'])
  })
  it('3: the name has no digit; a family name of neither parent is a warning', () => {
    expect(errorsOf(BIRTH, { '/child/fullName': 'Trần Sáo 2' })).toHaveProperty(['/child/fullName'])
    const parents = { ...GRANDPARENT, '/mother/fullName': 'Trần Thị Diều', '/father/fullName': 'Hồ Văn Sáo' }
    expect(warningsFor(BIRTH, { ...parents, '/child/fullName': 'Lê Sáo' })['/child/fullName']).toContain('họ cha hoặc họ mẹ')
    for (const name of ['Trần Sáo', 'Hồ Sáo']) expect(warningsFor(BIRTH, { ...parents, '/child/fullName': name })).not.toHaveProperty(['/child/fullName'])
  })
  it('4, 11: from the 61st day the registration is late: computed, told, never refused', () => {
    const kind = (day: string) => {
      const form = formNamed(BIRTH)
      return valueAt(answersFromFields(form, new Map([['child.dateOfBirth', [day]]]), TODAY), '/child/registrationKind')
    }
    expect([kind('21/09/2026'), kind('20/09/2026')]).toEqual(['on-time', 'late'])
    const late = { '/child/dateOfBirth': '2026-09-20', '/proof/birthProofDate': '2026-09-21' }
    expect(errorsOf(BIRTH, late)).toEqual({})
    expect(warningsFor(BIRTH, late)['/child/dateOfBirth']).toContain('quá hạn')
    expect(summaryOf(formNamed(BIRTH), { child: { registrationKind: 'late' } })[0]?.items[0]?.value).toBe('Đăng ký quá hạn')
  })
  it('5: the date of birth in words', () => {
    expect(dateInWords('2026-03-15')).toBe('Ngày mười lăm tháng ba năm hai nghìn không trăm hai mươi sáu')
    expect(dateInWords('2021-04-05')).toBe('Ngày mùng năm tháng tư năm hai nghìn không trăm hai mươi mốt')
  })
  it('7: the ethnic group is a parent’s, the mother’s where the father is unknown: a warning', () => {
    const parents = { ...GRANDPARENT, '/mother/hasNumber': 'no', '/father/hasNumber': 'no', '/mother/ethnicity': '01', '/father/ethnicity': '02', '/mother/nationality': 'VN', '/father/nationality': 'VN' }
    expect(warningsFor(BIRTH, { ...parents, '/child/ethnicity': '03' })).toHaveProperty(['/child/ethnicity'])
    expect(warningsFor(BIRTH, { ...parents, '/child/ethnicity': '02' })).not.toHaveProperty(['/child/ethnicity'])
    expect(warningsFor(BIRTH, { ...parents, '/child/ethnicity': '02', '/child/specialCase': 'no-father' })['/child/ethnicity']).toContain('theo mẹ')
  })
  it('8: with a foreign parent the agreement on the nationality is asked for, also of the parent who files', () => {
    const foreign = { ...GRANDPARENT, '/father/hasNumber': 'no', '/father/nationality': 'FR' }
    expect(warningsFor(BIRTH, foreign)['/child/nationality']).toContain('văn bản thỏa thuận')
    const own = { '/requester/requesterRelation': 'father', '/requester/hasNumber': 'no', '/requester/nationality': 'FR' }
    expect(warningsFor(BIRTH, own)['/child/nationality']).toContain('văn bản thỏa thuận')
    expect(warningsFor(BIRTH, GRANDPARENT)).not.toHaveProperty(['/child/nationality'])
  })
  it('9: at a health facility its name and address, elsewhere commune and province, abroad the place', () => {
    expect(errorsOf(BIRTH, { '/child/placeOfBirth/facility': undefined })).toHaveProperty(['/child/placeOfBirth/facility'])
    expect(errorsOf(BIRTH, { '/child/placeOfBirth/kind': 'elsewhere', '/child/placeOfBirth/facility': undefined, '/child/placeOfBirth/detail': undefined })).toEqual({})
    expect(errorsOf(BIRTH, { '/child/placeOfBirth': { kind: 'abroad' } })).toHaveProperty(['/child/placeOfBirth/foreignText'])
    const words = answersInWords(formNamed(BIRTH), { child: { placeOfBirth: { kind: 'facility', facility: 'Bệnh viện Trung ương', detail: '16 Lê Lợi', provinceCode: '46', communeCode: '19753' } } })
    expect(words['/child/placeOfBirth']).toMatch(/^Bệnh viện Trung ương, 16 Lê Lợi, .*Huế$/)
  })
  it('10: the native place is a commune and a province', () => {
    expect(errorsOf(BIRTH, { '/child/nativePlace/communeCode': undefined })).toHaveProperty(['/child/nativePlace/communeCode'])
  })
  it('12: an unknown or absent parent is not asked, and cannot be who files', () => {
    const without = (specialCase: string) => filledWith(BIRTH, { ...GRANDPARENT, '/child/specialCase': specialCase })
    const asks = (specialCase: string) => ['/mother/fullName', '/father/fullName'].map((at) => shown(BIRTH, without(specialCase), at))
    expect([asks('none'), asks('no-father'), asks('no-mother'), asks('abandoned'), asks('no-parents')]).toEqual([[true, true], [true, false], [false, true], [false, false], [false, false]])
    expect(errorsOf(BIRTH, { '/requester/requesterRelation': 'father', '/child/specialCase': 'no-father' })).toHaveProperty(['/child/specialCase'])
    expect(errorsOf(BIRTH, { '/requester/requesterRelation': 'mother', '/child/specialCase': 'no-parents' })).toHaveProperty(['/child/specialCase'])
    expect(warningsFor(BIRTH, { ...GRANDPARENT, '/child/specialCase': 'abandoned' })['/child/specialCase']).toContain('niêm yết 7 ngày')
    expect(warningsFor(BIRTH, { ...GRANDPARENT, '/child/specialCase': 'surrogacy' })['/child/specialCase']).toContain('văn bản xác nhận')
  })
  it('III, IV: a parent is born before the child; less than twelve years before is a warning, by the year where only that is known', () => {
    expect(errorsOf(BIRTH, { ...GRANDPARENT, '/mother/dateOfBirth': '2026-11-02' })).toHaveProperty(['/mother/dateOfBirth'])
    expect(errorsOf(BIRTH, { ...GRANDPARENT, '/mother/dateOfBirth': '2027' })).toHaveProperty(['/mother/dateOfBirth'])
    expect(warningsFor(BIRTH, { ...GRANDPARENT, '/mother/dateOfBirth': '2014-11-02' })['/mother/dateOfBirth']).toContain('12 tuổi')
    for (const day of ['2014-11-01', '2014']) expect(warningsFor(BIRTH, { ...GRANDPARENT, '/mother/dateOfBirth': day })['/mother/dateOfBirth']).toBeUndefined()
    expect(warningsFor(BIRTH, { ...GRANDPARENT, '/father/dateOfBirth': '2016-01-01' })['/father/dateOfBirth']).toContain('12 tuổi')
  })
  it('IV: a father is named where the parents are married or recognition is done with it', () => {
    expect(errorsOf(BIRTH, { ...GRANDPARENT, '/proof/parentsMarried': 'no' })['/proof/parentsMarried']).toContain('Kết hợp nhận cha')
    for (const specialCase of ['recognition', 'no-father']) expect(errorsOf(BIRTH, { ...GRANDPARENT, '/proof/parentsMarried': 'no', '/child/specialCase': specialCase })).toEqual({})
  })
  it('13: number, date and issuer of the birth notice or of the record of abandonment; not before the birth', () => {
    for (const key of ['birthProofNumber', 'birthProofDate', 'birthProofIssuer']) expect(errorsOf(BIRTH, { [`/proof/${key}`]: undefined })).toHaveProperty([`/proof/${key}`])
    expect(errorsOf(BIRTH, { '/proof/birthProofDate': '2026-10-31' })).toHaveProperty(['/child/dateOfBirth'])
    expect(shown(BIRTH, filledWith(BIRTH, { '/proof/birthProof': 'witness' }), '/proof/birthProofNumber')).toBe(false)
    expect(errorsOf(BIRTH, { ...GRANDPARENT, '/child/specialCase': 'abandoned', '/proof/birthProofNumber': undefined })).toHaveProperty(['/proof/birthProofNumber'])
  })
  it('14: of married parents when and where', () => {
    for (const key of ['marriageDate', 'marriagePlace']) expect(errorsOf(BIRTH, { [`/proof/${key}`]: undefined })).toHaveProperty([`/proof/${key}`])
    expect(errorsOf(BIRTH, { '/proof/marriageNumber': undefined })).toEqual({})
  })
  it('17: the declaration is ticked', () => {
    expect(errorsOf(BIRTH, { '/declaration': undefined })).toHaveProperty(['/declaration'])
  })
})

describe('C2: marriage', () => {
  const DAY = '2026-12-01'
  it('the bride is 18, the groom 20 on the day of registration, not on that of filing', () => {
    expect(errorsOf(MARRIAGE, { '/appearance/date': DAY, '/bride/dateOfBirth': '2008-12-01' })).toEqual({})
    expect(errorsOf(MARRIAGE, { '/appearance/date': DAY, '/bride/dateOfBirth': '2008-12-02' })).toHaveProperty(['/bride/dateOfBirth'])
    expect(errorsOf(MARRIAGE, { '/appearance/date': DAY, '/groom/dateOfBirth': '2006-12-01' })).toEqual({})
    expect(errorsOf(MARRIAGE, { '/appearance/date': DAY, '/groom/dateOfBirth': '2006-12-02' })).toHaveProperty(['/groom/dateOfBirth'])
    expect(errorsOf(MARRIAGE, { '/appearance/date': DAY, '/groom/dateOfBirth': '2007' })).toHaveProperty(['/groom/dateOfBirth'])
  })
  it('3: who was married before marries for the second time at least', () => {
    for (const status of ['3', '4']) {
      expect(errorsOf(MARRIAGE, { '/bride/maritalStatus': status, '/bride/marriageOrder': 1 })).toHaveProperty(['/bride/marriageOrder'])
      expect(errorsOf(MARRIAGE, { '/groom/maritalStatus': status, '/groom/marriageOrder': 2 })).toEqual({})
    }
  })
  it('4: who is married is not offered; divorce and death need their papers', () => {
    const options = walk(formNamed(MARRIAGE), {}).find((p) => p.at === '/bride/maritalStatus')?.item
    expect(options?.kind === 'field' ? options.options?.map((o) => o.value) : []).toEqual(['2', '3', '4'])
    for (const [status, group] of [['3', 'divorce'], ['4', 'death']] as const) {
      for (const key of ['number', 'date', 'issuer']) expect(errorsOf(MARRIAGE, { '/groom/marriageOrder': 2, '/groom/maritalStatus': status, [`/groom/${group}/${key}`]: undefined })).toHaveProperty([`/groom/${group}/${key}`])
    }
  })
  it('7: who lives in another commune shows a certificate of there, good for six months', () => {
    const elsewhere = { '/groom/statusProof': 'certificate' }
    for (const key of ['number', 'date', 'agency']) expect(errorsOf(MARRIAGE, { ...elsewhere, [`/groom/maritalCert/${key}`]: undefined })).toHaveProperty([`/groom/maritalCert/${key}`])
    expect(errorsOf(MARRIAGE, { ...elsewhere, '/appearance/date': DAY, '/groom/maritalCert/date': '2026-06-01' })).toEqual({})
    expect(errorsOf(MARRIAGE, { ...elsewhere, '/appearance/date': DAY, '/groom/maritalCert/date': '2026-05-31' })['/groom/maritalCert/date']).toContain('6 tháng')
    expect(shown(MARRIAGE, filledWith(MARRIAGE, { '/groom/statusProof': 'data' }), '/groom/maritalCert/number')).toBe(false)
  })
  it('8: both come on a day that is not past', () => {
    expect(errorsOf(MARRIAGE, { '/appearance/date': '2026-11-19' })).toHaveProperty(['/appearance/date'])
  })
  it('two people, a woman and a man: their numbers say so, else a warning', () => {
    expect(errorsOf(MARRIAGE, { '/groom/personalId': '046190000001', '/bride/personalId': '046190000001' })).toHaveProperty(['/groom/personalId'])
    expect(warningsFor(MARRIAGE, { '/bride/personalId': '046090000001' })['/bride/personalId']).toContain('không phải của nữ')
    expect(warningsFor(MARRIAGE, { '/groom/personalId': '046190000009' })['/groom/personalId']).toContain('không phải của nam')
  })
})

describe('C3: marital status', () => {
  const SELF = { '/requester/relation': 'self' }
  it('1: for oneself one is not asked twice', () => {
    const own = answersInWords(formNamed(STATUS), filledWith(STATUS, SELF))
    expect(own).toMatchObject({ '/subject/fullName': 'Đặng Thị Dũng', '/subject/personalId': '046190000001' })
    expect(answersInWords(formNamed(STATUS), filledWith(STATUS, { '/requester/relation': 'other', '/subject/fullName': 'Hồ Văn Sáo' }))['/subject/fullName']).toBe('Hồ Văn Sáo')
  })
  it('II: to marry a woman is 18, a man 20, also where the gender is only in the number', () => {
    const asks = (number: string, born: string, purpose = 'marriage') => errorsOf(STATUS, { ...SELF, '/purpose/purpose': purpose, '/requester/personalId': number, '/requester/dateOfBirth': born })
    expect(asks('046308000001', '2008-11-20')).toEqual({})
    expect(asks('046308000001', '2008-11-21')).toHaveProperty(['/requester/dateOfBirth'])
    expect(asks('046206000001', '2006-11-21')).toHaveProperty(['/requester/dateOfBirth'])
    expect(asks('046206000001', '2006-11-20')).toEqual({})
    expect(asks('046308000001', '2008-11-21', 'loan')).toEqual({})
    expect(errorsOf(STATUS, { '/purpose/intendedSpouse/personalId': '046207000001', '/purpose/intendedSpouse/dateOfBirth': '2007-01-01' })).toHaveProperty(['/purpose/intendedSpouse/dateOfBirth'])
  })
  it.each([
    ['1', ['spouse/fullName', 'spouse/marriageNumber', 'spouse/marriageDate', 'spouse/marriageIssuer']], ['3', ['divorce/number', 'divorce/date', 'divorce/issuer']],
    ['4', ['death/number', 'death/date', 'death/issuer']], ['5', ['periodFrom', 'periodTo', 'spouse/marriageNumber']], ['6', ['statusOther']],
  ] as const)('2: status %s asks for %j', (status, keys) => {
    for (const key of keys) expect(errorsOf(STATUS, { '/purpose/purpose': 'loan', '/status/maritalStatus': status, [`/status/${key}`]: undefined })).toHaveProperty([`/status/${key}`])
  })
  it('2: the period ends after it begins', () => {
    expect(errorsOf(STATUS, { '/purpose/purpose': 'loan', '/status/maritalStatus': '5', '/status/periodFrom': '2025-01-02', '/status/periodTo': '2025-01-01' })).toHaveProperty(['/status/periodFrom'])
  })
  const at = (from: string, to?: string) => ({ address: { provinceCode: '46', communeCode: '19753' }, from, ...(to !== undefined && { to }) })
  const lived = (...rows: readonly Json[]) => errorsOf(STATUS, { '/status/severalPlaces': 'yes', '/status/residencePeriods': rows })
  it('3: periods of residence: one at least where a past period or several places are to be confirmed, each in order, none overlapping', () => {
    expect(lived(at('2010-01-01', '2015-12-31'), at('2016-01-01'))).toEqual({})
    expect(lived(at('2015-01-01', '2010-12-31'))).toHaveProperty(['/status/residencePeriods/0/from'])
    expect(lived(at('2010-01-01', '2015-12-31'), at('2015-12-31', '2020-01-01'))).toHaveProperty(['/status/residencePeriods/1/from'])
    expect(lived(at('2010-01-01'), at('2020-01-01', '2021-01-01'))).toHaveProperty(['/status/residencePeriods/1/from'])
    expect(lived({})).toHaveProperty(['/status/residencePeriods/0/from'])
    expect(shown(STATUS, filledWith(STATUS, { '/status/maritalStatus': '5' }), '/status/residencePeriods')).toBe(true)
    expect(shown(STATUS, filledWith(STATUS, { '/status/severalPlaces': 'no' }), '/status/residencePeriods')).toBe(false)
  })
  it('3: on the certificate they are read where, from when, until when', () => {
    const words = answersInWords(formNamed(STATUS), { status: { maritalStatus: '2', severalPlaces: 'yes', residencePeriods: [at('2010-01-01', '2015-12-31'), at('2016-01-01')] } })['/status/residencePeriods']
    expect(words).toMatch(/^Phường .+Huế từ ngày 01\/01\/2010 đến ngày 31\/12\/2015; .+ từ ngày 01\/01\/2016 đến nay$/)
  })
  it('4, 5, 6: to marry: the partner whole, one copy; else one to ten', () => {
    for (const key of ['fullName', 'dateOfBirth', 'registrationPlace']) expect(errorsOf(STATUS, { [`/purpose/intendedSpouse/${key}`]: undefined })).toHaveProperty([`/purpose/intendedSpouse/${key}`])
    expect(shown(STATUS, filledWith(STATUS, {}), '/purpose/copyCount')).toBe(false)
    for (const n of [0, 11]) expect(errorsOf(STATUS, { '/purpose/purpose': 'loan', '/purpose/copyCount': n })).toHaveProperty(['/purpose/copyCount'])
    expect(errorsOf(STATUS, { ...SELF, '/purpose/intendedSpouse/personalId': '046190000001' })).toHaveProperty(['/purpose/intendedSpouse/personalId'])
  })
  it('4: a foreign mission in Viet Nam is not offered; one gender by both numbers, or a marriage that stands, is a warning', () => {
    const item = walk(formNamed(STATUS), {}).find((p) => p.at === '/purpose/intendedSpouse/registrationAt')?.item
    expect(item?.kind === 'field' ? item.options?.map((o) => o.value) : []).toEqual(['vietnam', 'abroad'])
    expect(warningsFor(STATUS, { ...SELF, '/purpose/intendedSpouse/personalId': '046190000077', '/purpose/intendedSpouse/dateOfBirth': '1990-01-01' })['/purpose/intendedSpouse/personalId']).toContain('cùng giới')
    expect(warningsFor(STATUS, { '/status/maritalStatus': '1' })['/status/maritalStatus']).toContain('Đang có vợ, chồng')
  })
  it('7: issued again: the former number and the reason', () => {
    for (const key of ['previousNumber', 'reissueReason']) expect(errorsOf(STATUS, { '/purpose/reissue': 'lost', [`/purpose/${key}`]: undefined })).toHaveProperty([`/purpose/${key}`])
  })
})

describe('E1: permanent residence', () => {
  it('7–9: the head of household is asked unless one is the head, and is another person', () => {
    expect(shown(RESIDENCE, filledWith(RESIDENCE, { '/household/relationToHead': 'head' }), '/household/headName')).toBe(false)
    expect(errorsOf(RESIDENCE, { '/household/relationToHead': 'child', '/household/headPersonalId': undefined })).toHaveProperty(['/household/headPersonalId'])
    expect(errorsOf(RESIDENCE, { '/household/relationToHead': 'child', '/household/headPersonalId': '046190000001' })).toHaveProperty(['/household/headPersonalId'])
  })
  const member = (personalId: string) => ({ fullName: 'Hồ Văn Sáo', dateOfBirth: '2010-01-01', gender: '1', personalId, relationToHead: 'child' })
  it('11: nobody stands twice among the members, nor who registers, nor the head', () => {
    const withMembers = (...ids: readonly string[]) => errorsOf(RESIDENCE, { '/household/relationToHead': 'child', '/household/headPersonalId': '046160000002', '/members': ids.map(member) })
    expect(withMembers('046210000001', '046210000002')).toEqual({})
    expect(withMembers('046210000001', '046210000001')).toHaveProperty(['/members/1/personalId'])
    expect(withMembers('046190000001')).toHaveProperty(['/members/0/personalId'])
    expect(withMembers('046160000002')).toHaveProperty(['/members/0/personalId'])
  })
  it('b: who joins another’s household has the head’s consent', () => {
    expect(errorsOf(RESIDENCE, { '/household/relationToHead': 'child', '/request/headConsent': undefined })).toHaveProperty(['/request/headConsent'])
    expect(shown(RESIDENCE, filledWith(RESIDENCE, { '/household/relationToHead': 'head' }), '/request/headConsent')).toBe(false)
  })
  it('c: a dwelling that is not one’s own has the owner’s name and consent', () => {
    for (const key of ['ownerName', 'ownerConsent', 'ownerPersonalId']) expect(errorsOf(RESIDENCE, { '/request/housingBasis': 'rent', [`/request/${key}`]: undefined })).toHaveProperty([`/request/${key}`])
    expect(errorsOf(RESIDENCE, { '/request/housingBasis': 'religious', '/request/ownerConsent': undefined })).toHaveProperty(['/request/ownerConsent'])
    expect(shown(RESIDENCE, filledWith(RESIDENCE, { '/request/housingBasis': 'own' }), '/request/ownerConsent')).toBe(false)
  })
  it('d: under 18, or without full capacity, a parent or guardian agrees', () => {
    const young = { '/person/dateOfBirth': '2008-11-21' }
    expect(errorsOf(RESIDENCE, young)['/person/dateOfBirth']).toContain('chưa đủ 18 tuổi')
    expect(errorsOf(RESIDENCE, { '/person/dateOfBirth': '2008-11-20' })).toEqual({})
    for (const capacity of ['minor', 'incapable']) {
      for (const key of ['fullName', 'personalId', 'consent']) expect(errorsOf(RESIDENCE, { ...young, '/person/capacity': capacity, [`/request/guardian/${key}`]: undefined })).toHaveProperty([`/request/guardian/${key}`])
      expect(errorsOf(RESIDENCE, { ...young, '/person/capacity': capacity })).toEqual({})
    }
    expect(errorsOf(RESIDENCE, { '/person/capacity': 'incapable', '/request/guardian/personalId': '046190000001' })).toHaveProperty(['/request/guardian/personalId'])
  })
})

describe('F1: household business', () => {
  it('the owner is 18', () => {
    expect(errorsOf(BUSINESS, { '/owner/dateOfBirth': '2008-11-21' })).toHaveProperty(['/owner/dateOfBirth'])
  })
  it('1: the name begins with “Hộ kinh doanh” and is not that of a company, in any spelling', () => {
    expect(errorsOf(BUSINESS, { '/business/name': 'Bún bò Mệ Kéo' })['/business/name']).toContain('Hộ kinh doanh')
    for (const name of ['Hộ kinh doanh Công ty Mệ Kéo', 'Hộ kinh doanh CÔNG TY Mệ Kéo', 'Hộ kinh doanh doanh nghiệp Mệ Kéo']) expect(errorsOf(BUSINESS, { '/business/name': name })['/business/name']).toContain('“công ty”')
    expect(errorsOf(BUSINESS, { '/business/name': 'Hộ kinh doanh Công Tỵ' })).toEqual({})
  })
  it('1b: nor are the short and the foreign name', () => {
    for (const key of ['nameShort', 'nameForeign']) expect(errorsOf(BUSINESS, { [`/business/${key}`]: 'Cong ty Me Keo' })).toHaveProperty([`/business/${key}`])
  })
  const lines = (...rows: readonly (readonly [string, string, boolean])[]) => ({ '/business/industries': rows.map(([code, name, isMain]) => ({ code, name, ...(isMain && { isMain }) })) })
  it('3: one line at least, exactly one is the main one, none twice', () => {
    expect(errorsOf(BUSINESS, lines(['5610', 'Nhà hàng', true], ['4722', 'Bán lẻ thực phẩm', false]))).toEqual({})
    expect(errorsOf(BUSINESS, lines(['5610', 'Nhà hàng', false]))).toEqual({})
    expect(errorsOf(BUSINESS, lines(['5610', 'Nhà hàng', false], ['4722', 'Bán lẻ', false]))).toEqual({ '/business/industries/0/isMain': 'Đánh dấu đúng một ngành chính.' })
    expect(errorsOf(BUSINESS, lines(['5610', 'Nhà hàng', true], ['4722', 'Bán lẻ', true]))).toEqual({ '/business/industries/1/isMain': 'Đánh dấu đúng một ngành chính.' })
    expect(errorsOf(BUSINESS, lines(['5610', 'Nhà hàng', true], ['5610', 'Quán ăn', false]))).toHaveProperty(['/business/industries/1/code'])
    expect(errorsOf(BUSINESS, lines(['561', 'Nhà hàng', true]))).toHaveProperty(['/business/industries/0/code'])
    expect(answersInWords(formNamed(BUSINESS), filledWith(BUSINESS, lines(['5610', 'Nhà hàng', true], ['4722', 'Bán lẻ', false])))['/business/industries']).toBe('5610 | Nhà hàng | Chính\n4722 | Bán lẻ')
  })
  it('3: a forbidden line is refused, a conditional one flagged', () => {
    expect(errorsOf(BUSINESS, lines(['8291', 'Dịch vụ đòi nợ', true]))['/business/industries/0/name']).toContain('bị cấm')
    expect(errorsOf(BUSINESS, lines(['9329', 'Karaoke', true]))).toEqual({})
    expect(warningsFor(BUSINESS, lines(['9329', 'Dịch vụ karaoke', true]))['/business/industries/0/name']).toContain('có điều kiện')
  })
  it('4: capital is more than nothing, and said in words', () => {
    expect(errorsOf(BUSINESS, { '/business/capital': 0 })).toHaveProperty(['/business/capital'])
    expect([50_000_000, 1_250_000, 1_005_000, 2_000_000_000, 15].map(moneyInWords)).toEqual(['Năm mươi triệu đồng', 'Một triệu hai trăm năm mươi nghìn đồng', 'Một triệu không trăm linh năm nghìn đồng', 'Hai tỷ đồng', 'Mười lăm đồng'])
    expect(valueAt(answersFromFields(formNamed(BUSINESS), new Map([['business.capital', ['50.000.000']]]), TODAY), '/business/capitalInWords')).toBe('Năm mươi triệu đồng')
  })
  it('5.1–5.3: another address for tax notices, a start that is not past, employees from none', () => {
    expect(errorsOf(BUSINESS, { '/tax/noticeElsewhere': 'other', '/tax/noticeAddress/detail': undefined })).toHaveProperty(['/tax/noticeAddress/detail'])
    expect(errorsOf(BUSINESS, { '/tax/startDate': '2026-11-19' })).toHaveProperty(['/tax/startDate'])
    expect([errorsOf(BUSINESS, { '/tax/startDate': undefined }), errorsOf(BUSINESS, { '/tax/employees': 0 })]).toEqual([{}, {}])
  })
  it('6, 7: a family names its members, each once, not the owner again', () => {
    const form = formNamed(BUSINESS)
    const family = withValue(filled(form, prefillAnswers(form, PERSON, TODAY)), '/business/founderKind', 'family')
    expect(walk(form, family).filter(isRows).filter((p) => p.shown && p.at === '/business/members')).toHaveLength(1)
    const member = (personalId: string) => ({ fullName: 'Hồ Văn Sáo', dateOfBirth: '1990-01-01', gender: '1', personalId, address: 'Huế' })
    const members = (...ids: readonly string[]) => errorsOf(BUSINESS, { '/business/founderKind': 'family', '/business/members': ids.map(member) })
    expect(members('046090000002', '046090000003')).toEqual({})
    expect(members('046090000002', '046090000002')).toHaveProperty(['/business/members/1/personalId'])
    expect(members('046190000001')).toHaveProperty(['/business/members/0/personalId'])
  })
})
