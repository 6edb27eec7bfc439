/** busybox df (coreutils/df.c): what is mounted, and how full it is. */
import { decode } from '../../../kernel/bytes'
import { isErrno } from '../../../kernel/errno'
import { applet } from '../applet'
import { humanBytes } from '../human'

export default applet('Pkmhait:B:', function* (io, given) {
  const { sys } = io
  const mounts = decode(yield* sys.readFile('/proc/mounts')).split('\n').filter((l) => l !== '').map((l) => l.split(' '))
  let status = 0
  const unit = given.has('m') ? 1_048_576 : 1024
  const isHuman = given.has('h')
  const size = (bytes: number): string => (isHuman ? humanBytes(bytes) : String(Math.round(bytes / unit)))
  const head = isHuman ? '     Size' : given.has('m') ? '1M-blocks' : given.has('P') ? '1024-blocks' : '1K-blocks'
  io.out(`Filesystem           ${isHuman ? '     Size      Used Available' : `${head.padStart(given.has('P') ? 11 : 9)}      Used Available`} ${given.has('P') ? 'Capacity' : 'Use%'} Mounted on\n`)
  const wanted: (readonly string[])[] = []
  for (const path of given.operands) {
    const at = placeOf(path)
    if (at) wanted.push(at)
    else {
      io.err(`df: ${path}: can't find mount point\n`)
      status = 1
    }
  }
  function placeOf(path: string): readonly string[] | undefined {
    try {
      const full = sys.realpath(path)
      return mounts.filter(([, on = '']) => full === on || full.startsWith(on === '/' ? '/' : `${on}/`)).sort((a, b) => (b[1] ?? '').length - (a[1] ?? '').length)[0]
    } catch (error) {
      if (!isErrno(error)) throw error
      return undefined
    }
  }
  const type = given.value('t')
  for (const [device = '', on = '', kind = ''] of given.operands.length > 0 ? wanted : mounts) {
    if (type !== undefined && type !== kind) continue
    const { blockSize, blocks, free, available } = sys.statfs(on)
    if (blocks === 0 && given.operands.length === 0 && !given.has('a')) continue
    const used = blocks - free
    const share = used + available > 0 ? Math.trunc((used * 100 + (used + available) / 2) / (used + available)) : 0
    const name = device.length > 20 && !given.has('P') ? `${device}\n${' '.repeat(20)}` : device.padEnd(20)
    io.out(`${name} ${size(blocks * blockSize).padStart(9)} ${size(used * blockSize).padStart(9)} ${size(available * blockSize).padStart(9)} ${String(share).padStart(3)}% ${on}\n`)
  }
  return status
})
