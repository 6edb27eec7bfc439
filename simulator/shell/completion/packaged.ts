/**
 * What the package bash-completion 2.11 and the packages of the tools offer for their commands, as data: which words, where names
 * of files come, where a command. Option names are read from the tool's own `--help`, as those completions do.
 */
import type { Run } from '../../kernel/run'
import { commandSubstitute } from '../expand/command'
import { quoteWhenNeeded } from '../expand/quote'
import { commands, paths, userNames, variables } from '../readline/names'
import { completionsOf } from '../readline/completion'
import type { Candidates } from '../readline/programmable'
import { type Spot, spotAt } from '../readline/spot'
import { readNow } from '../passwd'
import type { Shell } from '../shell'
import { actionNames } from './generate'
import { ipWords } from './ip'
import { LONG_OPTION_COMMANDS, OPTION_WORDS, type Arguments, PREFIX_COMMANDS, SPECIAL } from './tables'

const words = (names: readonly string[], word: string, space: Candidates['space'] = 'space'): Candidates => ({
  names: names.filter((name) => name.startsWith(word)), kind: 'words', space, otherwise: 'nothing',
})

export function* packaged(shell: Shell, spot: Spot): Run<Candidates | undefined> {
  const command = spot.words[0] ?? ''
  const name = command.slice(command.lastIndexOf('/') + 1)
  const { word } = spot
  if (PREFIX_COMMANDS.has(name)) return yield* behind(shell, spot)
  if (name === 'ip') return words(yield* ipWords(shell, spot), word)
  if (name === 'ctr') return yield* asked(shell, spot)
  if (name === 'kill' && spot.words.length === 1 && word.startsWith('-')) return words([...signals(shell, '-'), '-s', '-l'], word)
  const special = SPECIAL[name]
  if (special !== undefined) {
    const previous = spot.words.length > 1 ? spot.words.at(-1) : undefined
    const valued = previous === undefined ? undefined : special.after?.[previous]
    if (valued !== undefined) return argumentsOf(shell, valued, word)
    const { options } = special
    if (word.startsWith('-') && options !== undefined) return words(options === 'help' ? yield* helpOptions(shell, command, 'all') : options, word)
    return argumentsOf(shell, special.arguments, word)
  }
  if (LONG_OPTION_COMMANDS.has(name)) {
    if (word.startsWith('-')) {
      const found = words(yield* helpOptions(shell, command, 'long'), word)
      return found.names[0]?.endsWith('=') ? { ...found, space: 'nospace' } : found
    }
    return { ...paths(shell, word, name === 'rmdir' || name === 'chroot' ? 'directories' : 'all'), ...(name === 'mkdir' ? { space: 'nospace' as const } : {}), otherwise: 'nothing' }
  }
  if (OPTION_WORDS.has(name) && word.startsWith('-')) return words(yield* helpOptions(shell, command, 'all'), word)
  return undefined
}

function argumentsOf(shell: Shell, kind: Arguments, word: string): Candidates {
  if (typeof kind !== 'string') return words(kind, word)
  switch (kind) {
    case 'files':
    case 'directories':
      return { ...paths(shell, word, kind === 'files' ? 'all' : 'directories'), otherwise: 'nothing' }
    case 'commands':
      return words(commands(shell, word), word)
    case 'commands-or-directories':
      return { names: [...commands(shell, word), ...paths(shell, word, 'directories').names], kind: 'files', space: 'space', otherwise: 'nothing' }
    case 'variables':
      return words(variables(shell, '$').map((name) => name.slice(1)), word)
    case 'assignments':
      return words(variables(shell, '$').map((name) => `${name.slice(1)}=`), word, 'nospace')
    case 'users':
      return words(userNames(shell), word)
    case 'groups':
      return words(actionNames(shell, 'group', word), word)
    case 'jobs':
      return words(shell.jobs.list.map((job) => `"%${job.text}"`), word)
    case 'signals':
      return words(signals(shell, ''), word)
    case 'trap-signals':
      return words(actionNames(shell, 'signal', ''), word)
    case 'pids':
      return words(processes(shell).map(({ pid }) => pid), word)
    case 'process-names':
      return words(processes(shell).map(({ name }) => name), word)
    case 'nothing':
      return words([], word)
    default:
      return words(actionNames(shell, kind, word), word)
  }
}

const signals = (shell: Shell, lead: string): string[] => actionNames(shell, 'signal', 'SIG').map((name) => lead + name.slice(3)).concat(lead === '' ? [] : ['-JUNK(32)', '-JUNK(33)'])

/** Processes as /proc shows them. */
function processes(shell: Shell): { pid: string; name: string }[] {
  try {
    return shell.sys.readdir('/proc').filter(({ name }) => /^\d+$/.test(name)).map(({ name: pid }) => ({ pid, name: (readNow(shell.sys, `/proc/${pid}/comm`) ?? '').trim() }))
  } catch {
    return []
  }
}

/** `sudo`, `exec`, `watch` …: what follows is completed as a command of its own. */
function* behind(shell: Shell, spot: Spot): Run<Candidates> {
  const inner = spotAt(spot.line.slice(spot.line.lastIndexOf(spot.words[0] ?? '') + (spot.words[0] ?? '').length), Number.MAX_SAFE_INTEGER)
  if (spot.words.length === 1) return argumentsOf(shell, 'commands-or-directories', spot.word)
  const found = yield* completionsOf(shell, { ...spot, words: inner.words, isCommand: false })
  return { names: found?.names ?? [], kind: found?.kind ?? 'words', space: found?.space ?? 'space', otherwise: 'nothing' }
}

/** Tools that are asked what could come: `--generate-bash-completion` of urfave/cli. */
function* asked(shell: Shell, spot: Spot): Run<Candidates> {
  const line = [...spot.words, ...(spot.word.startsWith('-') ? [spot.word] : []), '--generate-bash-completion'].map(quoteWhenNeeded).join(' ')
  const names = (yield* commandSubstitute(shell, `${line} 2>/dev/null`)).split(/\s+/).filter((name) => name !== '')
  return { names: names.filter((name) => name.startsWith(spot.word)), kind: 'words', space: 'nospace', otherwise: 'files' }
}

/** Options that `--help` names: the long ones, or the first long (else short) one of each line. */
function* helpOptions(shell: Shell, command: string, which: 'long' | 'all'): Run<string[]> {
  const text = yield* commandSubstitute(shell, `LC_ALL=C ${quoteWhenNeeded(command)} --help 2>&1`)
  const lines = text.split('\n')
  if (which === 'long') return lines.flatMap((line) => /--[A-Za-z0-9]+(?:[-_][A-Za-z0-9]+)*=?/.exec(line)?.[0] ?? [])
  return lines.flatMap((line) => {
    if (!/^\s*-/.test(line)) return []
    const cleaned = line.replace(/((?:^|[^-])-[A-Za-z0-9?]\s+)\[?[A-Z0-9]+(?:[,_-]+[A-Z0-9]+)?(?:\.\.+)?\]?/g, '$1').replaceAll(' or ', ', ')
    let option = ''
    for (const item of cleaned.split(/[\s,/|]+/).filter((piece) => piece !== '')) {
      if (/^---/.test(item)) break
      if (/^--./.test(item)) {
        option = item
        break
      }
      if (/^-./.test(item)) option ||= item
      else break
    }
    if (option === '') return []
    const optional = /\[((?:no|dont)-?)\]./.exec(option)
    const clean = (text: string): string => text.replace(/[<{().[].*$/, '').replace(/=.*/, '=')
    return optional ? [clean(option.replace(`[${optional[1]}]`, '')), clean(option.replace(`[${optional[1]}]`, optional[1] ?? ''))] : [clean(option)]
  })
}
