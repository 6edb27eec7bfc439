import { systemLink } from '../entry'

const TARGET = 'self/mounts'

export default systemLink(() => TARGET, TARGET.length)
