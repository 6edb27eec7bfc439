/** sdiff(1) of diffutils 3.8: without -o it becomes `diff --side-by-side`. Merging by hand (-o) is not simulated. */
import { command } from '../../options'
import { execute } from '../../coreutils/execute'
import { HELP, VERSION } from './help'

/** Options by the names that diff has for them. */
const AS_DIFF: Readonly<Record<string, string>> = {
  'ignore-case': '-i', i: '-i', 'ignore-tab-expansion': '-E', E: '-E', 'ignore-trailing-space': '-Z', Z: '-Z', 'ignore-space-change': '-b', b: '-b', 'ignore-all-space': '-w', W: '-w',
  'ignore-blank-lines': '-B', B: '-B', 'strip-trailing-cr': '--strip-trailing-cr', text: '-a', a: '-a', 'left-column': '--left-column', l: '--left-column',
  'suppress-common-lines': '--suppress-common-lines', s: '--suppress-common-lines', 'expand-tabs': '-t', t: '-t', minimal: '-d', d: '-d', 'speed-large-files': '-H', H: '-H',
}
const WITH_VALUE: Readonly<Record<string, string>> = { 'ignore-matching-lines': '-I', I: '-I', width: '-W', w: '-W', tabsize: '--tabsize' }

export default command({
  summary: 'side-by-side merge of file differences', help: HELP, version: VERSION, failure: 2, hint: 'named', size: 52_272,
  *run(io, options) {
    if (options.has('o', 'output', 'diff-program')) {
      io.err(`${io.name}: not simulated in this lab\n`)
      return 125
    }
    const { operands } = options
    const hint = `${io.name}: Try '${io.name} --help' for more information.\n`
    if (operands.length !== 2) {
      io.err(`${io.name}: ${operands.length < 2 ? `missing operand after '${operands[0] ?? io.name}'` : `extra operand '${operands[2]}'`}\n${hint}`)
      return 2
    }
    const argv = ['diff', '--side-by-side']
    for (const { name, value } of options.given) {
      const [flag, valued] = [AS_DIFF[name], WITH_VALUE[name]]
      if (flag !== undefined) argv.push(flag)
      else if (valued !== undefined) argv.push(valued.startsWith('--') ? `${valued}=${value ?? ''}` : `${valued}${value ?? ''}`)
    }
    yield* io.flush()
    return yield* execute(io.sys, [...argv, '--', ...operands])
  },
})
