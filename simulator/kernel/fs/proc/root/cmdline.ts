import { line, systemFile } from '../entry'
import { machineOf } from '../machine'

export default systemFile(({ kernel }) => line(machineOf(kernel).commandLine))
