/** /proc/cpuinfo: the processors of the node, a virtual machine's (arch/x86/kernel/cpu/proc.c). */
import { systemFile } from '../entry'
import { machineOf } from '../machine'

const FLAGS =
  'fpu vme de pse tsc msr pae mce cx8 apic sep mtrr pge mca cmov pat pse36 clflush mmx fxsr sse sse2 ss ht syscall nx pdpe1gb rdtscp lm constant_tsc rep_good nopl xtopology nonstop_tsc cpuid tsc_known_freq pni ' +
  'pclmulqdq ssse3 fma cx16 pcid sse4_1 sse4_2 x2apic movbe popcnt tsc_deadline_timer aes xsave avx f16c rdrand hypervisor lahf_lm abm 3dnowprefetch ssbd ibrs ibpb stibp ibrs_enhanced fsgsbase tsc_adjust bmi1 avx2 ' +
  'smep bmi2 erms invpcid avx512f avx512dq rdseed adx smap avx512ifma clflushopt clwb avx512cd sha_ni avx512bw avx512vl xsaveopt xsavec xgetbv1 xsaves arat umip pku ospke rdpid md_clear flush_l1d arch_capabilities'

export default systemFile(({ kernel }) => {
  const { cpus } = machineOf(kernel)
  let text = ''
  for (let i = 0; i < cpus; i++) {
    const rows: readonly (readonly [string, string | number])[] = [
      ['processor\t', i], ['vendor_id\t', 'GenuineIntel'], ['cpu family\t', 6], ['model\t\t', 143], ['model name\t', 'Intel(R) Xeon(R) Processor'],
      ['stepping\t', 8], ['microcode\t', '0x1'], ['cpu MHz\t\t', '2000.000'], ['cache size\t', '16384 KB'], ['physical id\t', 0], ['siblings\t', cpus], ['core id\t\t', i],
      ['cpu cores\t', cpus], ['apicid\t\t', i], ['initial apicid\t', i], ['fpu\t\t', 'yes'], ['fpu_exception\t', 'yes'], ['cpuid level\t', 31], ['wp\t\t', 'yes'], ['flags\t\t', FLAGS],
      ['bugs\t\t', 'spectre_v1 spectre_v2 spec_store_bypass swapgs eibrs_pbrsb bhi'], ['bogomips\t', '4000.00'], ['clflush size\t', 64], ['cache_alignment\t', 64],
      ['address sizes\t', '46 bits physical, 57 bits virtual'], ['power management', ''],
    ]
    text += `${rows.map(([name, value]) => (value === '' ? `${name}:\n` : `${name}: ${value}\n`)).join('')}\n`
  }
  return text
})
