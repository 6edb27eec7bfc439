import { systemFile } from '../entry'
import { machineOf } from '../machine'

export default systemFile(({ kernel }) => {
  const { cpus } = machineOf(kernel)
  let text = ''
  for (let i = 0; i < cpus; i++) {
    const rows: readonly (readonly [string, string | number])[] = [
      ['processor\t', i], ['vendor_id\t', 'GenuineIntel'], ['cpu family\t', 6], ['model\t\t', 143], ['model name\t', 'Intel(R) Xeon(R) Processor'],
      ['stepping\t', 8], ['cpu MHz\t\t', '2000.000'], ['cache size\t', '16384 KB'], ['physical id\t', 0], ['siblings\t', cpus], ['core id\t\t', i],
      ['cpu cores\t', cpus], ['fpu\t\t', 'yes'], ['flags\t\t', 'fpu tsc msr pae cx8 apic sep pge cmov pat clflush mmx fxsr sse sse2 ht syscall nx rdtscp lm constant_tsc'],
      ['bogomips\t', '4000.00'],
    ]
    text += `${rows.map(([name, value]) => `${name}: ${value}\n`).join('')}\n`
  }
  return text
})
