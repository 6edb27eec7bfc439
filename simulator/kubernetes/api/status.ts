/** A failed API request: metav1.Status with its reason, as kubectl prints it (`Error from server (NotFound): …`); `Server`: one without a reason, `Unknown`: the words alone. */
export type Reason = 'NotFound' | 'AlreadyExists' | 'Conflict' | 'Invalid' | 'BadRequest' | 'Forbidden' | 'MethodNotAllowed' | 'ServiceUnavailable' | 'InternalError' | 'Server' | 'Unknown'

export class ApiStatus extends Error {
  readonly reason: Reason
  /** What is wrong, each by itself (details.causes). */
  readonly causes: readonly string[]
  constructor(reason: Reason, message: string, causes: readonly string[] = []) {
    super(message)
    this.reason = reason
    this.causes = causes
  }
}
