import { describe, expect, it } from 'vitest'
import { instant } from '#kernel/plain-date.ts'
import type { View } from '../http.ts'
import { GalleryPage } from './gallery.tsx'
import { DeadlineBadge, ErrorSummary, ExplanationList, Form, Page, Table, deadlineTone } from './index.ts'
import { currentItem, navOf } from './nav.ts'

const at = (text: string) => instant(Date.parse(`${text}+07:00`))
const NOW = at('2026-11-23T10:00:00')

const view: View = { lang: 'vi', path: '/thu-tuc?q=khai', cityName: 'thành phố Huế', demo: false, signedIn: undefined, csrf: 'token', fragment: false }
const officer: View = { ...view, signedIn: { name: 'Trần Minh Đức', title: 'Chuyên viên', isOfficer: true, permissions: new Set(['dossier.read']), everywhere: new Set(['dossier.read']) } }
const text = (node: unknown) => String(node).replace(/<svg.*?<\/svg>/g, '').replace(/<[^>]+>/g, '')

describe('a deadline says what it means, in words and not by colour alone', () => {
  it.each([
    ['2026-11-26T17:30:00', 'ok', '26/11 17:30'],
    ['2026-11-23T17:30:00', 'soon', 'hôm nay 17:30'],
    ['2026-11-23T10:00:00', 'soon', 'hôm nay 10:00'],
    ['2026-11-23T07:00:00', 'late', 'quá 3 giờ'],
    ['2026-11-20T17:30:00', 'late', 'quá 2 ngày'],
    ['2027-01-04T17:30:00', 'ok', '04/01/2027 17:30'],
  ])('due %s: %s, "%s"', (due, tone, words) => {
    expect(deadlineTone(at(due), NOW)).toBe(tone)
    expect(text(<DeadlineBadge dueAt={at(due)} now={NOW} />)).toBe(words)
  })

  it('C12: the due moment itself is still in time', () => expect(deadlineTone(NOW, NOW)).toBe('soon'))
  it('domain.md §2.7: a promise by the day is still “today” on the evening of its day', () =>
    expect(text(<DeadlineBadge dueAt={at('2026-11-23T09:00:00')} now={NOW} late={false} />)).toBe('hôm nay 09:00'))
  it('C10: without a due date the clock stands still', () => expect(text(<DeadlineBadge dueAt={null} now={NOW} pausedFrom={at('2026-11-20T08:00:00')} />)).toBe('tạm dừng 3 ngày'))
})

describe('why this date', () => {
  const lines = [
    { from: at('2026-11-20T15:42:00'), to: at('2026-11-21T00:00:00'), counted: 0, unit: 'working-day', reason: 'start-day', rule: 'C5' },
    { from: at('2026-11-21T00:00:00'), to: at('2026-11-23T00:00:00'), counted: 0, unit: 'working-day', reason: 'weekend', rule: 'C2' },
    { from: at('2026-11-23T00:00:00'), to: at('2026-11-24T00:00:00'), counted: 1, unit: 'working-day', reason: 'working-day', rule: 'C5' },
    { from: at('2026-11-24T00:00:00'), to: at('2026-11-25T17:30:00'), counted: 2, unit: 'working-day', reason: 'working-day', rule: 'C5' },
  ] as const

  it('adds up to the limit in its last row', () => {
    const rows = text(<ExplanationList lines={lines} lang="vi" />)
    expect(rows).toMatch(/3$/)
    expect(rows).toContain('Thứ Bảy 21/11 – Chủ nhật 22/11')
    expect(rows).toContain('hết giờ 17:30')
  })

  it('in English the name of a holiday stays Vietnamese, and says so to a screen reader', () => {
    const day = { from: at('2026-09-02T00:00:00'), to: at('2026-09-03T00:00:00'), counted: 0, unit: 'working-day', reason: 'holiday', rule: 'C2', name: 'Quốc khánh' } as const
    expect(String(<ExplanationList lines={[day, lines[3]]} lang="en" />)).toContain('holiday: <span lang="vi">Quốc khánh</span>')
    expect(String(<ExplanationList lines={[day, lines[3]]} lang="vi" />)).toContain('nghỉ lễ: Quốc khánh</td>')
  })
})

describe('forms', () => {
  it('a form that changes something carries the token, a search does not', () => {
    expect(String(<Form view={view} action="/x" />)).toContain('name="_csrf" value="token"')
    expect(String(<Form view={view} action="/x" method="get" />)).not.toContain('_csrf')
  })
  it('the summary links every message to its field', () => {
    expect(String(<ErrorSummary errors={{ phone: 'Số điện thoại gồm 10 chữ số.' }} />)).toContain('<a href="#phone">')
    expect(String(<ErrorSummary errors={{}} />)).toBe('')
  })
  it('what a person typed is escaped', () => {
    const table = <Table caption="x" columns={[{ key: 'name', head: 'Tên', cell: (r: { name: string }) => r.name }]} rows={[{ name: '<img src=x onerror=alert(1)>' }]} />
    expect(String(table)).not.toContain('<img')
  })
})

describe('the frame', () => {
  it('citizens get no script, officers get htmx told what the policy forbids', () => {
    expect(String(<Page view={view} title="Trang đầu" area="citizen" />)).not.toContain('<script')
    const page = String(<Page view={officer} title="Việc của tôi" area="office" />)
    expect(page).toContain('office.js')
    expect(page).toContain('&quot;includeIndicatorCSS&quot;:false')
  })
  it('the language switch keeps the address', () => expect(String(<Page view={view} title="x" area="citizen" />)).toContain('/thu-tuc?q=khai&amp;lang=en'))
  it('a menu shows only what its reader may open', () => {
    expect(navOf(view, 'desk')).toEqual([])
    expect(navOf(officer, 'office').map((item) => item.href)).toEqual(['/xu-ly'])
  })
  it('the longest entry that covers the page is the current one', () => {
    const items = [{ href: '/mot-cua', words: { vi: '', en: '' } }, { href: '/mot-cua/hom-nay', words: { vi: '', en: '' } }]
    expect(currentItem(items, '/mot-cua/hom-nay')).toBe('/mot-cua/hom-nay')
    expect(currentItem(items, '/mot-cua/ho-so/1')).toBe('/mot-cua')
  })
  it('decision 29: no component writes a style, a script or a handler into the page', () => {
    expect(String(<GalleryPage view={officer} />)).not.toMatch(/\sstyle=|<style|\son[a-z]+=|<script(?![^>]*\ssrc=)/)
  })
})
