/** An electronic form that answers at once: parts shown by what was chosen, communes by their province. Without this the server draws the form anew. */
type Condition = { at: string; in: (string | number | boolean)[] } | { at: string; given: boolean } | { all: Condition[] } | { any: Condition[] } | { not: Condition }

const holds = (condition: Condition, typed: FormData): boolean => {
  if ('all' in condition) return condition.all.every((c) => holds(c, typed))
  if ('any' in condition) return condition.any.some((c) => holds(c, typed))
  if ('not' in condition) return !holds(condition.not, typed)
  const values = typed.getAll(condition.at).filter((v): v is string => typeof v === 'string' && v !== '')
  if ('given' in condition) return values.length > 0 === condition.given
  return condition.in.some((wanted) => (wanted === true ? values.length > 0 : wanted === false ? values.length === 0 : values.includes(String(wanted))))
}

const refresh = (root: HTMLElement) => {
  const form = root.closest('form')
  if (form === null) return
  const typed = new FormData(form)
  for (const part of root.querySelectorAll<HTMLElement>('[data-shown-if]')) part.hidden = !holds(JSON.parse(part.dataset['shownIf'] ?? '') as Condition, typed)
}

/** The list beside it, with the communes of the province that was chosen. */
const fillCommunes = async (province: HTMLSelectElement) => {
  const commune = document.getElementsByName(province.name.replace(/[^.]*$/, 'communeCode'))[0]
  if (!(commune instanceof HTMLSelectElement)) return
  const answer = province.value === '' ? undefined : await fetch(`/dia-gioi/${encodeURIComponent(province.value)}`).catch(() => undefined)
  const places = answer?.ok === true ? ((await answer.json()) as [string, string][]) : []
  const none = commune.options[0]
  commune.replaceChildren(...(none === undefined ? [] : [none]), ...places.map(([code, name]) => new Option(name, code)))
}

for (const root of document.querySelectorAll<HTMLElement>('[data-form-conditions]')) {
  root.querySelector('.no-script-only')?.remove()
  // While typing, not when the field is left: the click that leaves it must still hit what it aimed at.
  root.addEventListener('input', () => refresh(root))
  root.addEventListener('change', (event) => {
    refresh(root)
    if (event.target instanceof HTMLSelectElement && 'province' in event.target.dataset) void fillCommunes(event.target)
  })
  refresh(root)
}
