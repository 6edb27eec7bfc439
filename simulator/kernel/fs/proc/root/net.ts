import { systemLink } from '../entry'

const TARGET = 'self/net'

export default systemLink(() => TARGET, TARGET.length)
