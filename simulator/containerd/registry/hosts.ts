/**
 * The registries that answer in the lab, and how each refuses a repository that it does not have (or that is private: none tells one from
 * the other). Docker Hub's second challenge says `insufficient_scope`, ghcr.io gives no token, quay.io goes on asking who it is.
 */
export interface RegistryHost {
  /** The host of its API. */
  readonly api: string
  readonly refuses: 'insufficient-scope' | 'no-token' | 'unauthorized' | 'not-found'
}

export const REGISTRY_HOSTS: Readonly<Record<string, RegistryHost>> = {
  'docker.io': { api: 'registry-1.docker.io', refuses: 'insufficient-scope' },
  'registry.k8s.io': { api: 'registry.k8s.io', refuses: 'not-found' },
  'k8s.gcr.io': { api: 'k8s.gcr.io', refuses: 'not-found' },
  'quay.io': { api: 'quay.io', refuses: 'unauthorized' },
  'ghcr.io': { api: 'ghcr.io', refuses: 'no-token' },
}
