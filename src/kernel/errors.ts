/** The actor may not do this. 403. `permission` names what was missing; it is logged, not shown. */
export class Forbidden extends Error {
  override readonly name = 'Forbidden'
  constructor(readonly permission: string) {
    super(`forbidden: ${permission}`)
  }
}

/** There is no such thing, or the actor may not know of it. 404. */
export class NotFound extends Error {
  override readonly name = 'NotFound'
  constructor(readonly what: string) {
    super(`not found: ${what}`)
  }
}

/** Someone was faster, or a submission key was reused for other input. 409. */
export class Stale extends Error {
  override readonly name = 'Stale'
  constructor(readonly what: string) {
    super(`stale: ${what}`)
  }
}
