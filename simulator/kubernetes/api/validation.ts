/** What the API server refuses (pkg/apis/core/validation), in its words. */
import type { Pod } from './objects'
import { ApiStatus } from './status'

const LABEL = /^[a-z0-9]([-a-z0-9]*[a-z0-9])?$/
const SUBDOMAIN = /^[a-z0-9]([-a-z0-9]*[a-z0-9])?(\.[a-z0-9]([-a-z0-9]*[a-z0-9])?)*$/
const LABEL_WORDS =
  "a lowercase RFC 1123 label must consist of lower case alphanumeric characters or '-', and must start and end with an alphanumeric character (e.g. 'my-name',  or '123-abc', regex used for validation is '[a-z0-9]([-a-z0-9]*[a-z0-9])?')"
const SUBDOMAIN_WORDS =
  "a lowercase RFC 1123 subdomain must consist of lower case alphanumeric characters, '-' or '.', and must start and end with an alphanumeric character (e.g. 'example.com', regex used for validation is '[a-z0-9]([-a-z0-9]*[a-z0-9])?(\\.[a-z0-9]([-a-z0-9]*[a-z0-9])?)*')"

/** Throws `Invalid` with every complaint about a pod, as `The Pod "x" is invalid: …` shows them. */
export function validatePod(pod: Pod): void {
  const errors: string[] = []
  const { name } = pod.metadata
  if (!SUBDOMAIN.test(name)) errors.push(`metadata.name: Invalid value: "${name}": ${SUBDOMAIN_WORDS}`)
  const containers = pod.spec?.containers ?? []
  if (containers.length === 0) errors.push('spec.containers: Required value')
  const seen = new Set<string>()
  containers.forEach((c, i) => {
    if (!c.name) errors.push(`spec.containers[${i}].name: Required value`)
    else if (!LABEL.test(c.name)) errors.push(`spec.containers[${i}].name: Invalid value: "${c.name}": ${LABEL_WORDS}`)
    else if (seen.has(c.name)) errors.push(`spec.containers[${i}].name: Duplicate value: "${c.name}"`)
    seen.add(c.name)
    if (!c.image) errors.push(`spec.containers[${i}].image: Required value`)
  })
  if (pod.spec?.hostPID && pod.spec.shareProcessNamespace) {
    errors.push('spec.securityContext.shareProcessNamespace: Invalid value: true: ShareProcessNamespace and HostPID cannot both be enabled')
  }
  if (errors.length > 0) throw new ApiStatus('Invalid', `Pod "${name}" is invalid: ${errors.length === 1 ? errors[0] : `[${errors.join(', ')}]`}`)
}
