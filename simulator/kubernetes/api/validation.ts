/** What the API server refuses (pkg/apis/core/validation), in its words. */
import type { ApiObject, Pod } from './objects'
import { ApiStatus } from './status'

const LABEL = /^[a-z0-9]([-a-z0-9]*[a-z0-9])?$/
const SUBDOMAIN = /^[a-z0-9]([-a-z0-9]*[a-z0-9])?(\.[a-z0-9]([-a-z0-9]*[a-z0-9])?)*$/
const LABEL_WORDS =
  "a lowercase RFC 1123 label must consist of lower case alphanumeric characters or '-', and must start and end with an alphanumeric character (e.g. 'my-name',  or '123-abc', regex used for validation is '[a-z0-9]([-a-z0-9]*[a-z0-9])?')"
const SUBDOMAIN_WORDS =
  "a lowercase RFC 1123 subdomain must consist of lower case alphanumeric characters, '-' or '.', and must start and end with an alphanumeric character (e.g. 'example.com', regex used for validation is '[a-z0-9]([-a-z0-9]*[a-z0-9])?(\\.[a-z0-9]([-a-z0-9]*[a-z0-9])?)*')"

/** The status of an object with faults (api/errors NewInvalid). */
export const invalid = (kind: string, name: string, errors: readonly string[]): ApiStatus => new ApiStatus('Invalid', `${kind} "${name}" is invalid: ${errors.length === 1 ? errors[0] : `[${errors.join(', ')}]`}`, errors)

const PULL_POLICIES = ['Always', 'IfNotPresent', 'Never']
const LAST_PORT = 65535

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
    if (c.imagePullPolicy && !PULL_POLICIES.includes(c.imagePullPolicy)) errors.push(`spec.containers[${i}].imagePullPolicy: Unsupported value: "${c.imagePullPolicy}": supported values: ${PULL_POLICIES.map((each) => `"${each}"`).join(', ')}`)
    c.ports?.forEach(({ containerPort }, k) => {
      if (containerPort < 1 || containerPort > LAST_PORT) errors.push(`spec.containers[${i}].ports[${k}].containerPort: Invalid value: ${containerPort}: must be between 1 and ${LAST_PORT}, inclusive`)
    })
    c.volumeMounts?.forEach((mount, k) => {
      if (!pod.spec.volumes?.some(({ name: volume }) => volume === mount.name)) errors.push(`spec.containers[${i}].volumeMounts[${k}].name: Not found: "${mount.name}"`)
    })
  })
  const { hostname } = pod.spec ?? {}
  if (hostname !== undefined && !LABEL.test(hostname)) errors.push(`spec.hostname: Invalid value: "${hostname}": ${LABEL_WORDS}`)
  if (pod.spec?.hostPID && pod.spec.shareProcessNamespace) {
    errors.push('spec.securityContext.shareProcessNamespace: Invalid value: true: ShareProcessNamespace and HostPID cannot both be enabled')
  }
  if (errors.length > 0) throw invalid('Pod', name, errors)
}

/** A namespace's name is a label. */
export function validateNamespace({ metadata }: ApiObject): void {
  if (!LABEL.test(metadata.name)) throw invalid('Namespace', metadata.name, [`metadata.name: Invalid value: "${metadata.name}": ${LABEL_WORDS}`])
}

const NAME_PART = /^([A-Za-z0-9][-A-Za-z0-9_.]*)?[A-Za-z0-9]$/
const LONGEST_NAME = 63
const NAME_WORDS =
  "must consist of alphanumeric characters, '-', '_' or '.', and must start and end with an alphanumeric character (e.g. 'MyName',  or 'my.name',  or '123-abc', regex used for validation is '([A-Za-z0-9][-A-Za-z0-9_.]*)?[A-Za-z0-9]')"
const VALUE_WORDS =
  "a valid label must be an empty string or consist of alphanumeric characters, '-', '_' or '.', and must start and end with an alphanumeric character (e.g. 'MyValue',  or 'my_value',  or '12345', regex used for validation is '(([A-Za-z0-9][-A-Za-z0-9_.]*)?[A-Za-z0-9])?')"

/** What is wrong with a key of labels or annotations (apimachinery util/validation IsQualifiedName). */
function keyFaults(key: string): string[] {
  const parts = key.split('/')
  if (parts.length > 2) return [`a qualified name ${NAME_WORDS} with an optional DNS subdomain prefix and '/' (e.g. 'example.com/MyName')`]
  const name = parts.at(-1) ?? ''
  const faults: string[] = []
  if (parts.length === 2 && !SUBDOMAIN.test(parts[0] ?? '')) faults.push(parts[0] === '' ? 'prefix part must be non-empty' : `prefix part ${SUBDOMAIN_WORDS}`)
  if (name === '') faults.push('name part must be non-empty')
  else if (name.length > LONGEST_NAME) faults.push(`name part must be no more than ${LONGEST_NAME} characters`)
  if (!NAME_PART.test(name)) faults.push(`name part ${NAME_WORDS}`)
  return faults
}

/** Throws `Invalid` for keys and values of labels, and keys of annotations, that are none. */
export function validateMetadata({ kind, metadata }: ApiObject): void {
  const errors: string[] = []
  for (const [key, value] of Object.entries(metadata.labels ?? {})) {
    errors.push(...keyFaults(key).map((why) => `metadata.labels: Invalid value: "${key}": ${why}`))
    if (value !== '' && !NAME_PART.test(value)) errors.push(`metadata.labels: Invalid value: "${value}": ${VALUE_WORDS}`)
  }
  for (const key of Object.keys(metadata.annotations ?? {})) errors.push(...keyFaults(key.toLowerCase()).map((why) => `metadata.annotations: Invalid value: "${key}": ${why}`))
  if (errors.length > 0) throw invalid(kind, metadata.name, errors)
}
