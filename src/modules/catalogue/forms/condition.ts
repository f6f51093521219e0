/** PURE. Conditions of a form: evaluated here for pages and checks, and written as JSON Schema for `if`. */
import type { Json } from '#kernel/digest.ts'
import type { Condition, JsonSchema, Pointer } from './electronic-form.ts'
import { bind, isList, isObject, keysOf, valueAt } from './pointers.ts'

const isGiven = (value: Json | undefined): boolean =>
  value !== undefined && value !== null && value !== '' && value !== false && !(isList(value) && value.length === 0) && !(isObject(value) && Object.keys(value).length === 0)

/** @param rows the rows of the lists around the item that asks, outermost first */
export const holds = (condition: Condition | undefined, answers: Json, rows: readonly number[] = []): boolean => {
  if (condition === undefined) return true
  if ('all' in condition) return condition.all.every((c) => holds(c, answers, rows))
  if ('any' in condition) return condition.any.some((c) => holds(c, answers, rows))
  if ('not' in condition) return !holds(condition.not, answers, rows)
  const value = valueAt(answers, bind(condition.at, rows))
  if ('given' in condition) return isGiven(value) === condition.given
  if (isList(value)) return value.some((v) => condition.in.some((w) => w === v))
  return condition.in.some((v) => v === value)
}

/** All of these, without needless nesting; undefined where nothing is asked. */
export const allOf = (...conditions: readonly (Condition | undefined)[]): Condition | undefined => {
  const some = conditions.filter((c) => c !== undefined)
  return some.length < 2 ? some[0] : { all: some }
}

export const pointersOf = (condition: Condition): readonly Pointer[] => {
  if ('all' in condition) return condition.all.flatMap(pointersOf)
  if ('any' in condition) return condition.any.flatMap(pointersOf)
  return 'not' in condition ? pointersOf(condition.not) : [condition.at]
}

/** The same condition with other pointers: a source's relative ones made absolute, an absolute one made relative to a row. */
export const mapPointers = (condition: Condition, map: (at: Pointer) => Pointer): Condition => {
  if ('all' in condition) return { all: condition.all.map((c) => mapPointers(c, map)) }
  if ('any' in condition) return { any: condition.any.map((c) => mapPointers(c, map)) }
  if ('not' in condition) return { not: mapPointers(condition.not, map) }
  return { ...condition, at: map(condition.at) }
}

/** A schema that is true of the object at which the pointers start exactly where the condition holds. */
export const schemaOf = (condition: Condition): JsonSchema => {
  if ('all' in condition) return { allOf: condition.all.map(schemaOf) }
  if ('any' in condition) return { anyOf: condition.any.map(schemaOf) }
  if ('not' in condition) return { not: schemaOf(condition.not) }
  if ('given' in condition) {
    const given = nested(keysOf(condition.at), { not: { enum: ['', false, null] } })
    return condition.given ? given : { not: given }
  }
  const values: JsonSchema = { enum: [...condition.in] }
  return nested(keysOf(condition.at), { anyOf: [values, { type: 'array', contains: values }] })
}

/** `/a/b` must be there, and be so. */
const nested = (keys: readonly string[], leaf: JsonSchema): JsonSchema => {
  const [key, ...rest] = keys
  return key === undefined ? leaf : { type: 'object', required: [key], properties: { [key]: nested(rest, leaf) } }
}
