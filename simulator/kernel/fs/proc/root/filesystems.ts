import { systemFile } from '../entry'
import { machineOf } from '../machine'

export default systemFile(({ kernel }) => machineOf(kernel).filesystems)
