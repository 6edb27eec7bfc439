/** Failures of the Engine API: an HTTP status with the daemon's words (moby errdefs, api/server/httputils). */
export type Status = 304 | 400 | 403 | 404 | 409 | 500 | 501

export class EngineError extends Error {
  readonly status: Status
  constructor(status: Status, message: string) {
    super(message)
    this.status = status
  }
}

export const notFound = (message: string): EngineError => new EngineError(404, message)
export const conflict = (message: string): EngineError => new EngineError(409, message)
export const invalid = (message: string): EngineError => new EngineError(400, message)
export const forbidden = (message: string): EngineError => new EngineError(403, message)
export const internal = (message: string): EngineError => new EngineError(500, message)
/** What was asked for is so already. */
export const notModified = (): EngineError => new EngineError(304, '')
/** What the lab does not have; the client says so with status 125. */
export class NotSimulated extends Error {}

export const isEngineError = (error: unknown, ...statuses: Status[]): error is EngineError => error instanceof EngineError && (statuses.length === 0 || statuses.includes(error.status))
