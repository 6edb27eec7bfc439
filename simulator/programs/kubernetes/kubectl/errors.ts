/** How kubectl words what the server refused (pkg/cmd/util/helpers.go). */
import type { ApiStatus } from '../../../kubernetes/api/status'

export function serverError(error: ApiStatus, doing = ''): string {
  if (error.reason === 'Invalid' && error.causes.length > 1) return `The ${error.message.split(' is invalid: ')[0]} is invalid: \n${error.causes.map((cause) => `* ${cause}\n`).join('')}`
  if (error.reason === 'Invalid') return `The ${error.message}\n`
  if (error.reason === 'Unknown') return `error: ${error.message}\n`
  if (error.reason === 'Server') return `Error from server: ${doing ? `${doing}: ` : ''}${error.message}\n`
  return `Error from server (${error.reason}): ${doing ? `${doing}: ` : ''}${error.message}\n`
}
