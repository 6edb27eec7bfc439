import { systemLink } from '../entry'

export default systemLink(() => 'self/net')
