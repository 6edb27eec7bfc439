/** Failed calls of containerd's services: gRPC status codes (google.golang.org/grpc/codes) with the server's words. */
export type GrpcCode =
  | 'Canceled' | 'Unknown' | 'InvalidArgument' | 'DeadlineExceeded' | 'NotFound' | 'AlreadyExists' | 'PermissionDenied'
  | 'ResourceExhausted' | 'FailedPrecondition' | 'Aborted' | 'OutOfRange' | 'Unimplemented' | 'Internal' | 'Unavailable'

/**
 * `message` is the status' description, as ctr prints it after `ctr: ` and crictl after `rpc error: code = … desc = `. Made as Errno is: that
 * something is not there is an everyday answer, and a stack trace for each would cost more than the call.
 */
export class GrpcError implements Error {
  declare readonly name: string
  readonly message: string
  readonly code: GrpcCode
  constructor(code: GrpcCode, message: string) {
    this.message = message
    this.code = code
  }
}
Object.setPrototypeOf(GrpcError.prototype, Error.prototype)

/** The words of containerd's errdefs, which it appends to what it says. */
export const ERRDEFS: Readonly<Partial<Record<GrpcCode, string>>> = {
  Unknown: 'unknown', InvalidArgument: 'invalid argument', NotFound: 'not found', AlreadyExists: 'already exists',
  FailedPrecondition: 'failed precondition', Unavailable: 'unavailable', Unimplemented: 'not implemented', Canceled: 'context canceled',
}

const failure = (code: GrpcCode) => (message: string): GrpcError => new GrpcError(code, `${message}: ${ERRDEFS[code] ?? code}`)

/** Errors in containerd's words: `notFound('image "x"')` reads `image "x": not found`. */
export const notFound = failure('NotFound')
export const alreadyExists = failure('AlreadyExists')
export const invalidArgument = failure('InvalidArgument')
export const failedPrecondition = failure('FailedPrecondition')
export const unavailable = failure('Unavailable')
export const notImplemented = failure('Unimplemented')
export const unknownError = failure('Unknown')

/** True when `error` is a failed call, with one of `codes` if any are given. */
export const isGrpc = (error: unknown, ...codes: GrpcCode[]): error is GrpcError =>
  error instanceof GrpcError && (codes.length === 0 || codes.includes(error.code))
