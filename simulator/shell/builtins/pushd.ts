/** `pushd`, `popd`, `dirs`: the directory stack (bash(1), SHELL BUILTIN COMMANDS). */
import type { Run } from '../../kernel/run'
import type { Builtin } from '../builtins'
import type { Shell } from '../shell'
import { change } from './cd'

function short(shell: Shell, path: string): string {
  const home = shell.vars.get('HOME')
  return home && (path === home || path.startsWith(`${home}/`)) ? `~${path.slice(home.length)}` : path
}

function* show(shell: Shell): Run<number> {
  yield* shell.write(1, `${shell.directories().map((path) => short(shell, path)).join(' ')}\n`)
  return 0
}

function indexOf(shell: Shell, text: string): number | undefined {
  const found = /^([+-])(\d+)$/.exec(text)
  if (!found) return undefined
  return found[1] === '+' ? Number(found[2]) : shell.directories().length - 1 - Number(found[2])
}

export default [
  {
    name: 'pushd',
    writes: true,
    *run(shell, { args }) {
      const [, target] = args
      const all = shell.directories()
      if (target === undefined || indexOf(shell, target) !== undefined) {
        const at = target === undefined ? 1 : (indexOf(shell, target) ?? 0)
        if (all.length < 2 || all[at] === undefined) {
          yield* shell.error(target === undefined ? 'pushd: no other directory' : all.length < 2 ? 'pushd: directory stack empty' : `pushd: ${target}: directory stack index out of range`)
          return 1
        }
        const turned = target === undefined ? [all[1] as string, all[0] as string, ...all.slice(2)] : [...all.slice(at), ...all.slice(0, at)]
        if ((yield* change(shell, turned[0] as string, 'logical', 'tell', 'pushd')) !== 0) return 1
        shell.stack = turned.slice(1)
        return yield* show(shell)
      }
      if ((yield* change(shell, target, 'logical', 'tell', 'pushd')) !== 0) return 1
      shell.stack.unshift(all[0] as string)
      return yield* show(shell)
    },
  },
  {
    name: 'popd',
    writes: true,
    *run(shell, { args }) {
      const at = args[1] === undefined ? 0 : (indexOf(shell, args[1]) ?? -1)
      if (shell.stack.length === 0) {
        yield* shell.error('popd: directory stack empty')
        return 1
      }
      if (at === 0) {
        if ((yield* change(shell, shell.stack[0] as string, 'logical', 'tell', 'popd')) !== 0) return 1
        shell.stack.shift()
      } else if (shell.stack[at - 1] !== undefined) shell.stack.splice(at - 1, 1)
      else {
        yield* shell.error(`popd: ${args[1]}: directory stack index out of range`)
        return 1
      }
      return yield* show(shell)
    },
  },
  {
    name: 'dirs',
    writes: true,
    *run(shell, { args }) {
      const options = args.slice(1)
      const index = options.find((arg) => /^[-+]\d+$/.test(arg))
      const bad = options.find((arg) => !/^(?:-[clpv]+|[-+]\d+)$/.test(arg))
      if (bad !== undefined) {
        yield* shell.error(`dirs: ${bad}: invalid ${/^[-+]/.test(bad) ? 'number' : 'option'}`)
        yield* shell.write(2, 'dirs: usage: dirs [-clpv] [+N] [-N]\n')
        return 2
      }
      const flags = options.filter((arg) => /^-[clpv]/.test(arg)).join('')
      if (flags.includes('c')) {
        shell.stack = []
        return 0
      }
      const paths = shell.directories().map((path) => (flags.includes('l') ? path : short(shell, path)))
      if (index !== undefined) {
        const path = paths[indexOf(shell, index) ?? -1]
        if (path === undefined) {
          yield* shell.error(paths.length < 2 ? 'dirs: directory stack empty' : `dirs: ${index.slice(1)}: directory stack index out of range`)
          return 1
        }
        yield* shell.write(1, `${path}\n`)
      } else if (flags.includes('v')) yield* shell.write(1, paths.map((path, i) => `${String(i).padStart(2)}  ${path}\n`).join(''))
      else yield* shell.write(1, flags.includes('p') ? paths.map((path) => `${path}\n`).join('') : `${paths.join(' ')}\n`)
      return 0
    },
  },
] satisfies Builtin[]
