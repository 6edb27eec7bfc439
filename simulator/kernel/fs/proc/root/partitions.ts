import { systemFile } from '../entry'

export default systemFile(() => 'major minor  #blocks  name\n\n 254        0   52428800 vda\n')
