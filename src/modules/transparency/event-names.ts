/** What events and records of access are called on screen: data, so that a new type is one line and no code. */
import { z } from 'zod'
import shipped from '../../../data/audit/event-types.json' with { type: 'json' }

const Names = z.object({ groups: z.record(z.string(), z.string()), types: z.record(z.string(), z.string()), access: z.record(z.string(), z.string()) })

const names = Names.parse(shipped)

/** `dossier.received` → `Tiếp nhận hồ sơ`; a type that nobody has named yet speaks for itself. */
export const eventName = (type: string): string => names.types[type] ?? type

export const accessName = (kind: string): string => names.access[kind] ?? kind

export type EventTypeName = { readonly type: string; readonly name: string; readonly group: string }

/** Every type with a name, by group: for the filter. */
export const eventTypeNames: readonly EventTypeName[] = Object.entries(names.types).map(([type, name]) => ({ type, name, group: names.groups[type.split('.')[0] ?? ''] ?? '' }))

export const accessKindNames: readonly { readonly kind: string; readonly name: string }[] = Object.entries(names.access).map(([kind, name]) => ({ kind, name }))
