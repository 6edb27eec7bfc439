/** Completions that are chosen by the command (bash(1), "Programmable Completion"): the user's own, else those that packages bring. */
import type { Run } from '../../kernel/run'
import { callCompletion } from '../completion/call'
import { finished, generate } from '../completion/generate'
import { packaged } from '../completion/packaged'
import { type CompletionSpec, DEFAULT } from '../completion/spec'
import { commandSubstitute } from '../expand/command'
import { quoteWhenNeeded } from '../expand/quote'
import type { Shell } from '../shell'
import type { Found } from './completion'
import { paths } from './names'
import type { Spot } from './spot'

export interface Candidates extends Found {
  /** What is offered when there are none. */
  readonly otherwise: 'files' | 'directories' | 'nothing'
}

/** What the command's completion offers; undefined when it has none. */
export function* programmed(shell: Shell, spot: Spot): Run<Candidates | undefined> {
  if (!shell.options.isShopt('progcomp')) return undefined
  const { words } = spot
  const command = words[0] ?? ''
  const short = command.slice(command.lastIndexOf('/') + 1)
  for (let attempt = 0; attempt < 2; attempt++) {
    const spec = shell.completions.get(command) ?? shell.completions.get(short) ?? undefined
    const chosen = spec ?? (isPackaged(shell) ? undefined : shell.completions.get(DEFAULT))
    if (!chosen) break
    const result = yield* ask(shell, chosen, spot)
    if (result !== 'again') return result
  }
  return isPackaged(shell) ? yield* packaged(shell, spot) : undefined
}

/** The package bash-completion is there, and the shell has read its start-up file, as login shells do. */
function isPackaged(shell: Shell): boolean {
  if (!shell.isLogin) return false
  try {
    return shell.sys.stat('/etc/profile.d/bash_completion.sh').kind === 'file'
  } catch {
    return false
  }
}

function* ask(shell: Shell, spec: CompletionSpec, spot: Spot): Run<Candidates | 'again'> {
  const { word, words } = spot
  const names = yield* generate(shell, spec, word)
  let { options } = spec
  if (spec.call !== undefined) {
    shell.completing = spec
    const called = yield* callCompletion(shell, spec.call, { command: words[0] ?? '', words, word, previous: words.at(-1) ?? '', line: spot.line })
    ;({ options } = shell.completing)
    shell.completing = undefined
    if (called.again) return 'again'
    names.push(...called.names)
  }
  if (spec.command !== undefined) names.push(...(yield* commandSubstitute(shell, `${spec.command} ${[words[0] ?? '', word, words.at(-1) ?? ''].map(quoteWhenNeeded).join(' ')}`)).split('\n').filter((line) => line !== ''))
  let found = finished(spec, word, names)
  if (options.has('plusdirs')) found = [...found, ...paths(shell, word, 'directories').names]
  if (found.length === 0 && options.has('dirnames')) found = [...paths(shell, word, 'directories').names]
  const files = options.has('filenames') || spec.actions.has('file') || spec.actions.has('directory')
  return {
    names: found, kind: files ? 'files' : 'words', space: options.has('nospace') ? 'nospace' : 'space',
    otherwise: options.has('default') || options.has('bashdefault') ? 'files' : options.has('dirnames') ? 'directories' : 'nothing',
  }
}
