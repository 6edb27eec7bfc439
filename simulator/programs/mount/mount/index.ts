/** mount(8) of util-linux 2.38.1. Looking for what is on a block device is not simulated. Recording: query/namespaces. */
import { Errno } from '../../../kernel/errno'
import type { Sys } from '../../../kernel/sys'
import { command } from '../../util-linux/command'
import { matchesType, readFstab, readMounts } from '../../util-linux/mounts'
import { excluded } from '../../util-linux/exclusive'
import { type Attempt, kindOf, mountFailure, numberOf, WITHOUT_SOURCE } from '../failure'
import { HELP } from './help'

/** Options of fstab(5) that only tools understand. */
const FOR_TOOLS = /^(auto|noauto|user|users|owner|group|defaults|_netdev|nofail|x-.*|X-.*|comment=.*)$/
const PROPAGATION = ['shared', 'slave', 'private', 'unbindable', 'rshared', 'rslave', 'rprivate', 'runbindable']

const DONE: Readonly<Record<Attempt['kind'], (source: string, target: string) => string>> = {
  new: (source, target) => `${source} mounted on ${target}`,
  remount: (source, target) => `${source} mounted on ${target}`,
  bind: (source, target) => `${source} bound on ${target}`,
  move: (source, target) => `${source} moved to ${target}`,
  propagation: (_source, target) => `${target} propagation flags changed`,
}

/** A path that leads somewhere is named in full. */
function canonical(sys: Sys, path: string): string {
  try {
    return sys.realpath(path)
  } catch (error) {
    if (!(error instanceof Errno)) throw error
    return path
  }
}

export default command({
  help: HELP,
  hidden: '  -O, --test-opts <list>\n  -o, --options <list>\n  -t, --types <list>\n  -L, --label <label>\n  -U, --uuid <uuid>\n  -N, --namespace <ns>\n  -T, --fstab <path>',
  version: 'mount from util-linux 2.38.1 (libmount 2.38.1: selinux, smack, btrfs, verity, namespaces, assert, debug)\n',
  paths: ['/bin/mount'],
  check: (option, before) => excluded(option, before, [['bind', 'move', 'rbind']]),
  summary: 'mount a filesystem',
  *run(io, options) {
    const { sys } = io
    const usage = (): never => {
      io.err("mount: bad usage\nTry 'mount --help' for more information.\n")
      return io.exit(1)
    }
    if (['label', 'uuid', 'namespace', 'source', 'options-mode', 'options-source'].some((name) => options.has(name))) {
      io.err('mount: not simulated in this lab\n')
      return 125
    }
    const types = options.value('types')
    const words = [...options.values('options').flatMap((o) => o.split(',')), ...(options.has('read-only') ? ['ro'] : []), ...(options.has('rw') ? ['rw'] : [])].filter((w) => w !== '')
    const [first, second] = options.operands
    const propagation = PROPAGATION.filter((kind) => options.has(`make-${kind}`) || words.includes(kind))
    if (options.operands.length > 2) usage()
    const mounts = yield* readMounts(sys)
    if (first === undefined && !options.has('all')) {
      if (words.length > 0 || options.has('bind') || options.has('move') || propagation.length > 0) usage()
      for (const m of mounts) if (types === undefined || matchesType(m.type, types)) io.out(`${m.source} on ${m.target} type ${m.type} (${m.options})\n`)
      return 0
    }
    const attempt = (from: string, to: string, type: string, given: readonly string[]): number => {
      const target = canonical(sys, to)
      const source = given.includes('remount') || WITHOUT_SOURCE.has(type) ? from : canonical(sys, from)
      const kind: Attempt['kind'] = given.includes('remount') ? 'remount' : propagation.length > 0 && source === 'none' ? 'propagation' : options.has('move') ? 'move' : given.includes('bind') || given.includes('rbind') ? 'bind' : 'new'
      const asked = given.filter((w) => !FOR_TOOLS.test(w) && !PROPAGATION.includes(w))
      try {
        if (!options.has('fake')) {
          if (kind !== 'propagation') sys.mount(source, target, kind === 'bind' && type === 'auto' ? 'none' : type, [...asked, ...(kind === 'move' ? ['move'] : [])].join(','))
          for (const word of propagation) sys.mount('none', target, 'none', word)
        }
      } catch (error) {
        if (!(error instanceof Errno)) throw error
        io.err(`mount: ${target}: ${mountFailure(sys, { source, target, type, kind, mounts }, error)}\n       dmesg(1) may have more information after failed mount system call.\n`)
        return 32
      }
      if (options.has('verbose')) io.out(`mount: ${DONE[kind](source, target)}.\n`)
      return 0
    }
    if (options.has('all')) {
      let code = 0
      const mounted = new Set(mounts.map((m) => m.target))
      for (const m of (yield* readFstab(sys, options.value('fstab'))) ?? []) {
        const opts = m.options.split(',')
        if (opts.includes('noauto') || m.type === 'swap' || mounted.has(m.target) || (types !== undefined && !matchesType(m.type, types))) continue
        code = attempt(m.source, m.target, m.type, opts) || code
      }
      return code
    }
    const extra = [...words, ...(options.has('bind') ? ['bind'] : []), ...(options.has('rbind') ? ['rbind'] : [])]
    if (second !== undefined) {
      const type = types?.split(',')[0] ?? 'auto'
      if (type === 'auto' && !extra.some((w) => w === 'bind' || w === 'rbind' || w === 'remount') && !options.has('move')) {
        // Without a type a source must tell what it is: a disk that is mounted elsewhere does.
        const known = kindOf(sys, first ?? '') === 'blk' ? mounts.find((m) => m.device === numberOf(sys, first ?? '')) : undefined
        return attempt(first ?? '', second, known?.type ?? 'auto', extra)
      }
      return attempt(first ?? '', second, type, extra)
    }
    if (propagation.length > 0) return attempt('none', first ?? '', 'none', propagation)
    if (extra.includes('remount')) {
      const here = mounts.findLast((m) => m.target === canonical(sys, first ?? '') || m.source === first)
      return attempt(here?.source ?? 'none', here?.target ?? first ?? '', here?.type ?? 'none', extra)
    }
    const listed = ((yield* readFstab(sys, options.value('fstab'))) ?? []).find((m) => m.target === first || m.source === first)
    if (!listed) {
      io.err(`mount: ${first}: can't find in /etc/fstab.\n`)
      return 1
    }
    return attempt(listed.source, listed.target, listed.type, [...listed.options.split(','), ...extra])
  },
})
