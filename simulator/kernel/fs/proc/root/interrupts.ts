import { systemFile } from '../entry'
import { machineOf } from '../machine'

export default systemFile(({ kernel }) => {
  const { cpus } = machineOf(kernel)
  const heads = Array.from({ length: cpus }, (_, i) => `CPU${i}`.padEnd(11)).join('')
  return `           ${heads}\n NMI:${'          0'.repeat(cpus)}   Non-maskable interrupts\n ERR:          0\n MIS:          0\n`
})
