/** busybox mount (util-linux/mount.c): what is mounted, or one more. Recording: query/ctr-tasks. */
import { decode } from '../../../kernel/bytes'
import { isErrno } from '../../../kernel/errno'
import { applet, showUsage } from '../applet'

const UNESCAPED: readonly (readonly [string, string])[] = [['\\040', ' '], ['\\011', '\t'], ['\\012', '\n'], ['\\134', '\\']]
const plain = (text: string): string => UNESCAPED.reduce((shown, [from, to]) => shown.replaceAll(from, to), text)

export default applet('afiv rwnsO:o:t:T:', function* (io, given) {
  const { sys } = io
  const [source, target] = given.operands
  const type = given.value('t')
  if (source === undefined) {
    for (const line of decode(yield* sys.readFile('/proc/mounts')).split('\n')) {
      const [from = '', on = '', kind = '', options = ''] = line.split(' ')
      if (line === '' || kind === 'rootfs' || (type !== undefined && type !== kind)) continue
      io.out(`${plain(from)} on ${plain(on)} type ${kind} (${options})\n`)
    }
    return 0
  }
  if (target === undefined) {
    io.err(`mount: can't find ${source} in /etc/fstab\n`)
    return 1
  }
  const options = given.values('o').join(',').split(',').filter((o) => o !== '')
  if (given.has('r')) options.push('ro')
  const isBind = options.includes('bind') || options.includes('rbind')
  const kind = isBind || options.includes('remount') ? 'bind' : type
  if (kind === undefined) return showUsage(io)
  try {
    sys.mount(source, target, kind, options.join(','))
    return 0
  } catch (error) {
    if (!isErrno(error)) throw error
    io.err(error.code === 'EPERM' && sys.credentials.euid !== 0 ? 'mount: permission denied (are you root?)\n' : `mount: mounting ${source} on ${target} failed: ${error.message}\n`)
    return error.code === 'EPERM' && sys.credentials.euid !== 0 ? 1 : 255
  }
})
