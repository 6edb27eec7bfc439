/** umount(8) of util-linux 2.38.1. */
import { Errno, isErrno } from '../../../kernel/errno'
import { command } from '../../util-linux/command'
import { matchesOptions, matchesType, type MountEntry, readMounts } from '../../util-linux/mounts'
import { HELP } from './help'

export default command({
  help: HELP,
  hidden: '  -O, --test-opts <list>\n  -t, --types <list>\n  -N, --namespace <ns>',
  version: 'umount from util-linux 2.38.1 (libmount 2.38.1: selinux, smack, btrfs, verity, namespaces, assert, debug)\n',
  paths: ['/bin/umount'],
  summary: 'unmount filesystems',
  *run(io, options) {
    const { sys } = io
    const all = yield* readMounts(sys)
    if (options.has('namespace')) {
      io.err('umount: not simulated in this lab\n')
      return 125
    }
    const one = (target: string, source = all.findLast((m) => m.target === target)?.source): number => {
      try {
        if (!options.has('fake')) sys.umount(target, { detach: options.has('lazy') })
      } catch (error) {
        if (!(error instanceof Errno)) throw error
        const reasons: Readonly<Record<string, string>> = {
          EPERM: 'must be superuser to unmount.', EBUSY: 'target is busy.', EINVAL: options.has('quiet') ? '' : 'not mounted.', ENOENT: 'no mount point specified.', ENXIO: 'invalid block device',
        }
        const reason = reasons[error.code] ?? `${error.message}.`
        if (reason !== '') io.err(`umount: ${target}: ${reason}\n`)
        return 32
      }
      if (options.has('verbose')) io.out(`umount: ${target}${source === undefined ? '' : ` (${source})`} unmounted\n`)
      return 0
    }
    const filtered = (m: MountEntry): boolean => {
      const types = options.value('types')
      const wanted = options.value('test-opts')
      return (types === undefined || matchesType(m.type, types)) && (wanted === undefined || matchesOptions(m.options, wanted))
    }
    let code = 0
    if (options.has('all')) {
      for (const m of [...all].reverse()) if (filtered(m) && m.target !== '/' && !['proc', 'devtmpfs', 'devpts', 'sysfs'].includes(m.type)) code = one(m.target) || code
      return code
    }
    if (options.operands.length === 0) {
      io.err("umount: bad usage\nTry 'umount --help' for more information.\n")
      return 1
    }
    for (const word of options.operands) {
      const path = ((): string => {
        try {
          return options.has('no-canonicalize') ? word : sys.realpath(word)
        } catch (error) {
          if (!isErrno(error)) throw error
          return word
        }
      })()
      const here = all.findLast((m) => m.target === path) ?? all.findLast((m) => m.source === word)
      if (options.has('recursive') && !here) {
        io.err(`umount: ${path}: not mounted\n`)
        code = 1
      } else if (options.has('recursive') && here) {
        const below = (m: MountEntry): MountEntry[] => [...all.filter((c) => c.parent === m.id && c !== m).reverse().flatMap(below), m]
        for (const m of below(here)) code = one(m.target) || code
      } else if (options.has('all-targets') && here) for (const m of all.filter((other) => other.device === here.device).reverse()) code = one(m.target) || code
      else code = one(here?.target ?? word) || code
    }
    return code
  },
})
