export { type Scope, authorise, can, postFor } from './authorise.ts'
export { PERMISSIONS, type Permission, ROLES, type Role } from './permissions.ts'
