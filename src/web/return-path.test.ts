import { describe, expect, it } from 'vitest'
import { permissionsOf } from '#modules/access'
import { newId } from '#platform/ids.ts'
import { NOW } from '#test/db.ts'
import { landingOf, safeReturnPath } from './return-path.ts'

const landing = (...roles: readonly string[]) =>
  landingOf(permissionsOf({ kind: 'person', userId: newId(NOW), personId: newId(NOW), posts: roles.map((role) => ({ role, postId: newId(NOW), unitId: newId(NOW), agencyId: newId(NOW) })) }))

describe('the way back after signing in', () => {
  it.each(['/xu-ly', '/xu-ly?tab=don-vi', '/mot-cua?thu-tuc=1.004873&nguoi-nop=', '/thu-tuc/1.004873#giay-to', '/'])('leads to our own page %s', (path) => {
    expect(safeReturnPath(path)).toBe(path)
  })

  it.each([
    '//evil.example', '/\\evil.example', '/\t/evil.example', '/\n/evil.example', 'https://evil.example', 'javascript:alert(1)', 'evil', '', '/%0d%0aset-cookie', '/..//evil.example',
    '/./\\evil.example', '/dang-xuat', '/dang-nhap?tiep=/dang-nhap', `/${'a'.repeat(1_001)}`, '/.//evil.example', undefined,
  ])('does not leave the site or run in a circle: %j', (path) => {
    const safe = safeReturnPath(path)
    // What a browser would make of it.
    expect(safe === undefined ? 'http://one.test' : new URL(safe, 'http://one.test').origin).toBe('http://one.test')
    if (path?.includes('evil') || path?.includes('dang-')) expect(safe).toBeUndefined()
  })

  it('is the desk for who receives, the queue for who handles or signs, the administration for who keeps the system, the front page for a citizen', () => {
    expect(landing('desk-officer')).toBe('/mot-cua')
    expect(landing('desk-leader')).toBe('/mot-cua')
    for (const role of ['case-officer', 'unit-leader', 'signer', 'chair', 'clerk']) expect(landing(role), role).toBe('/xu-ly')
    for (const role of ['administrator', 'control-officer']) expect(landing(role), role).toBe('/quan-tri')
    expect(landing('case-officer', 'desk-officer')).toBe('/mot-cua')
    expect(landing()).toBe('/')
  })
})
