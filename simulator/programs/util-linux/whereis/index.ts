/** whereis(1) of util-linux 2.38.1: programs in the places for programs, manuals and sources in theirs. */
import { isErrno } from '../../../kernel/errno'
import { program } from '../../program'
import { HELP } from './help'

type Kind = 'binary' | 'manual' | 'source'
const PLACES: Readonly<Record<Kind, readonly string[]>> = {
  binary: ['/usr/bin', '/usr/sbin', '/bin', '/sbin', '/lib', '/lib32', '/lib64', '/etc', '/usr/lib', '/usr/lib32', '/usr/lib64', '/usr/local/games', '/usr/local/bin', '/usr/local/sbin', '/usr/local/etc', '/usr/local/lib', '/usr/games', '/usr/include', '/usr/local', '/usr/libexec', '/usr/share', '/opt/local/bin'],
  manual: ['/usr/share/man', '/usr/man', '/usr/X386/man', '/usr/X11/man', '/usr/TeX/man', '/usr/interviews/man/mann', '/usr/share/info'],
  source: ['/usr/src', '/usr/src/bin', '/usr/src/usr.bin', '/usr/local/src'],
}

export default program({
  summary: 'locate the binary, source, and manual page files for a command',
  *run(io) {
    const { sys } = io
    const kinds = new Set<Kind>()
    const places: Record<Kind, readonly string[]> = { ...PLACES }
    const names: string[] = []
    let unusual = 'no'
    const args = [...io.args]
    const letters: Readonly<Record<string, Kind>> = { b: 'binary', m: 'manual', s: 'source' }
    for (let arg = args.shift(); arg !== undefined; arg = args.shift()) {
      if (arg === '-h' || arg === '--help') {
        io.out(HELP)
        return 0
      }
      if (arg === '-V' || arg === '--version') {
        io.out('whereis from util-linux 2.38.1\n')
        return 0
      }
      if (/^-[BMS]$/.test(arg)) {
        const list: string[] = []
        while (args[0] !== undefined && !args[0].startsWith('-')) list.push(args.shift() ?? '')
        const kind = letters[arg.slice(1).toLowerCase()]
        if (kind) places[kind] = list
      } else if (/^-[bmsufgl]+$/.test(arg)) {
        if (arg.includes('u')) unusual = 'yes'
        if (arg.includes('l') || arg.includes('g')) {
          io.err('whereis: not simulated in this lab\n')
          return 125
        }
        for (const c of arg) {
          const kind = letters[c]
          if (kind) kinds.add(kind)
        }
      } else if (arg.startsWith('-')) {
        io.err(`whereis: bad usage\nTry 'whereis --help' for more information.\n`)
        return 1
      } else names.push(arg)
    }
    if (names.length === 0) {
      io.err("whereis: not enough arguments\nTry 'whereis --help' for more information.\n")
      return 1
    }
    const entries = (directory: string): { name: string; dir: boolean }[] => {
      try {
        return sys.readdir(directory).map((e) => ({ name: e.name, dir: e.kind === 'dir' }))
      } catch (error) {
        if (!isErrno(error)) throw error
        return []
      }
    }
    const wanted: readonly Kind[] = kinds.size > 0 ? [...kinds] : ['binary', 'manual', 'source']
    const folders = new Map<Kind, { path: string; names: string[] }[]>()
    for (const kind of wanted) {
      const seen = new Set<string>()
      const list: { path: string; names: string[] }[] = []
      const tops = kind === 'binary' ? [...places.binary, ...(sys.env.get('PATH') ?? '').split(':')] : places[kind]
      const all = kind === 'manual' ? tops.flatMap((top) => entries(top).filter((e) => e.dir && /^man/.test(e.name)).map((e) => `${top}/${e.name}`)) : tops
      for (const path of all) {
        let real = path
        try {
          real = sys.realpath(path)
        } catch (error) {
          if (!isErrno(error)) throw error
          continue
        }
        if (seen.has(real)) continue
        seen.add(real)
        list.push({ path: real, names: entries(real).map((e) => e.name).sort() })
      }
      folders.set(kind, list)
      if (sys.spend(200)) yield 'preempted'
    }
    for (const name of names) {
      const base = name.slice(name.lastIndexOf('/') + 1)
      const found = [...folders].flatMap(([kind, list]) => list.flatMap(({ path, names: files }) =>
        files.filter((file) => file === base || (file.startsWith(`${base}.`) && (kind !== 'binary' || /^[^.]*$/.test(file.slice(base.length + 1)) || /\.(gz|xz|bz2|zst|Z)$/.test(file)))).map((file) => `${path}/${file}`)))
      if (unusual === 'yes' && found.length === wanted.length) continue
      io.out(`${base}:${found.map((f) => ` ${f}`).join('')}\n`)
    }
    return 0
  },
})
