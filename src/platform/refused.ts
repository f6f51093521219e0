import { type Result, err, ok } from '#kernel/result.ts'

/** Carries a rule's no out of a transaction, which is rolled back by it: a refusal leaves nothing behind, not even the submission key. */
class Refused<R> extends Error {
  override readonly name = 'Refused'
  constructor(readonly refusal: R) {
    super('refused')
  }
}

/** Inside `orRefused`: a rule says no, and the work ends. */
export const refuse = <R>(refusal: R): never => {
  throw new Refused(refusal)
}

/** The value of a result; inside `orRefused` a refusal ends the work. */
export const granted = <T, R>(result: Result<T, R>): T => (result.ok ? result.value : refuse(result.error))

/**
 * Runs work that uses `granted` or `refuse`, and gives its refusal back as a result. It stands outside the transaction, so that nothing is kept:
 * the same form sent later is judged anew. @param R what `granted` and `refuse` may carry inside
 */
export const orRefused = async <T, R>(work: () => Promise<T>): Promise<Result<T, R>> => {
  try {
    return ok(await work())
  } catch (error) {
    if (error instanceof Refused) return err((error as Refused<R>).refusal)
    throw error
  }
}
