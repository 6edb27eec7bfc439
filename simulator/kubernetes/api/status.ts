/** A failed API request: metav1.Status with its reason, as kubectl prints it (`Error from server (NotFound): …`); `Server`: one without a reason, `Unknown`: the words alone. */
export type Reason = 'NotFound' | 'AlreadyExists' | 'Conflict' | 'Invalid' | 'BadRequest' | 'Forbidden' | 'MethodNotAllowed' | 'ServiceUnavailable' | 'InternalError' | 'Server' | 'Unknown'

export class ApiStatus extends Error {
  readonly reason: Reason
  constructor(reason: Reason, message: string) {
    super(message)
    this.reason = reason
  }
}
