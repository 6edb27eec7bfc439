/** /proc/keys: the keys that the reader may see (keyrings(7)): those that every kernel makes for itself. */
import { systemFile } from '../entry'

const KEYS: readonly (readonly [id: string, permissions: string, name: string])[] = [
  ['0891a640', '0f0b0000', '.blacklist'], ['1f40cac8', '1f030000', '.dns_resolver'], ['2b028a01', '1f0b0000', '.builtin_trusted_keys'],
]

export default systemFile(() => KEYS.map(([id, permissions, name]) => `${id} I------     1 perm ${permissions}     0     0 keyring   ${name}: empty\n`).join(''))
