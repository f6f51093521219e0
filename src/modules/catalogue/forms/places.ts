/** PURE. Provinces and communes since 01/07/2025 (two levels, no district). Codes are those of the statistics office. */
import units from '../../../../data/organisations/admin-units.json' with { type: 'json' }

export type Place = { readonly code: string; readonly name: string }
export type Commune = Place & { readonly provinceCode: string }

type Index = { readonly provinces: readonly Place[]; readonly communes: ReadonlyMap<string, Commune>; readonly byProvince: ReadonlyMap<string, readonly Commune[]> }
let index: Index | undefined

/** `Phường Hóa Châu` stands under H, not under P. */
const byName = (a: Place, b: Place) => sortKey(a.name).localeCompare(sortKey(b.name), 'vi', { numeric: true })
const sortKey = (name: string) => name.replace(/^(Thành phố|Tỉnh|Phường|Xã|Đặc khu) /, '')

const load = (): Index => {
  if (index !== undefined) return index
  const provinces = units.provinces.map(([code = '', name = '']) => ({ code, name })).sort(byName)
  const communes = units.communes.map(([code = '', name = '', provinceCode = '']) => ({ code, name, provinceCode }))
  const byProvince = new Map([...Map.groupBy(communes, (c) => c.provinceCode)].map(([code, list]) => [code, list.sort(byName)]))
  return (index = { provinces, communes: new Map(communes.map((c) => [c.code, c])), byProvince })
}

export const listProvinces = (): readonly Place[] => load().provinces
/** Empty for an unknown province. */
export const listCommunes = (provinceCode: string): readonly Commune[] => load().byProvince.get(provinceCode) ?? []
export const findCommune = (code: string): Commune | undefined => load().communes.get(code)
export const findProvince = (code: string): Place | undefined => load().provinces.find((p) => p.code === code)
