/** nproc(1) of coreutils 9.1: processors of /proc/stat, limited by OMP_NUM_THREADS and OMP_THREAD_LIMIT unless --all. */
import { decode } from '../../../kernel/bytes'
import { command, extraOperand, fail } from '../command'
import { locale } from '../files'
import { HELP, VERSION } from './help'

/** The first number of an OpenMP variable; undefined when there is none. */
const openMp = (text: string | undefined): number | undefined => {
  const found = /^\s*(\d+)\s*(?:,.*)?$/.exec(text ?? '')
  return found ? Number(found[1]) : undefined
}

export default command({
  summary: 'print the number of processing units available',
  help: HELP, version: VERSION,
  *run(io, options) {
    const [extra] = options.operands
    if (extra !== undefined) return extraOperand(io, extra)
    const ignore = options.value('ignore')
    if (ignore !== undefined && !/^\s*\+?\d+$/.test(ignore)) return fail(io, `invalid number: ${locale(io, ignore)}`)
    let count = decode(yield* io.sys.readFile('/proc/stat')).split('\n').filter((line) => /^cpu\d/.test(line)).length
    if (!options.has('all')) {
      const limit = openMp(io.env('OMP_THREAD_LIMIT')) || Infinity
      const wanted = openMp(io.env('OMP_NUM_THREADS'))
      count = Math.min(limit, wanted || count)
    }
    io.out(`${Math.max(1, count - Number(ignore ?? 0))}\n`)
    return 0
  },
})
