import { type Result, err, ok } from '#kernel/result.ts'

/** Carries a rule's no out of a transaction, which is rolled back by it: a refusal leaves nothing behind. Never leaves this module. */
class Refused<R> extends Error {
  override readonly name = 'Refused'
  constructor(readonly refusal: R) {
    super('refused')
  }
}

/** The value of a result; inside `orRefused` a refusal ends the work. */
export const granted = <T, R>(result: Result<T, R>): T => {
  if (!result.ok) throw new Refused(result.error)
  return result.value
}

/** Runs work that uses `granted`, and gives its refusal back as a result. @param R what `granted` may carry inside */
export const orRefused = async <T, R>(work: () => Promise<T>): Promise<Result<T, R>> => {
  try {
    return ok(await work())
  } catch (error) {
    if (error instanceof Refused) return err((error as Refused<R>).refusal)
    throw error
  }
}
