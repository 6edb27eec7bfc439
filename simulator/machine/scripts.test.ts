/** Random shell scripts, well formed and not: they come to an end, and no JavaScript error gets out of the simulator. */
import fc from 'fast-check'
import { expect, test } from 'vitest'
import { bootTestNode } from '../testing/node'
import { seed } from '../testing/seed'
import { spawnFrom } from './init'

const ENVIRONMENT = new Map([['PATH', '/usr/bin:/bin'], ['HOME', '/root']])
/** Steps of the scheduler after which a script counts as one that never ends. */
const MOST_STEPS = 60_000

const word = fc.constantFrom('a', '"b c"', '$x', '"$@"', '${x:-d}', '${#x}', '${x%?}', '$((1+2))', '$((x/0))', '$(echo s)', '`echo t`', '*', '/etc/*', '~', '{1..3}', "$'\\n'", '"', "'", '$(', '${', '\\', '[a-z]*', '${a[1]}', '${a[@]}', '$!', '$?', '$#', '1', '-n', '--', '/nope', '<(echo p)')
const words = fc.array(word, { maxLength: 3 }).map((all) => all.join(' '))
const file = fc.constantFrom('/tmp/f', '/tmp/g', '/dev/null', '/nope/x', '$x', '/tmp')
const redirection = fc.oneof({ weight: 5, arbitrary: fc.constant('') }, fc.tuple(fc.constantFrom('>', '>>', '<', '2>', '2>&1 >', '&>', '<>', '3>', '>&3 ', '<<<'), file).map(([how, to]) => ` ${how}${to}`))
const simple = fc.tuple(
  fc.constantFrom('echo', 'printf %s', 'true', 'false', 'cat </dev/null', 'x=', 'a=(1 2)', 'local y=', 'export x=', 'readonly r=', 'unset x', 'shift', 'set --', 'set -e', 'set -u', 'set +e', 'cd', 'eval', 'exec 3>&1', 'return', 'exit', 'break', 'continue', 'test', '[ ', '[[ ', 'let', 'wait', 'kill -0', 'trap "echo t" EXIT', 'trap - TERM', 'read x <<<', 'mapfile a <<<', 'declare -A m', 'getopts ab x', 'seq 3', 'sleep 0.1', 'grep a /etc/passwd', 'wc -c', 'type', 'command', 'source /tmp/f', 'umask', 'ulimit -n', 'jobs', 'nope', 'alias l=', '((x++))', 'times', 'sort', 'sed p', 'head -n 1', 'ps', 'kill -TERM $$'),
  words, redirection,
).map(([name, rest, where]) => `${name}${name.endsWith('=') ? '' : ' '}${rest}${where}`)

const { script } = fc.letrec<{ script: string; command: string }>((tie) => ({
  command: fc.oneof(
    { maxDepth: 3, withCrossShrink: true },
    { weight: 6, arbitrary: simple },
    { weight: 2, arbitrary: fc.tuple(tie('command'), fc.constantFrom('|', '&&', '||', ';', '|&'), tie('command')).map(([a, op, b]) => `${a} ${op} ${b}`) },
    { weight: 1, arbitrary: tie('script').map((body) => `( ${body} )`) },
    { weight: 1, arbitrary: tie('script').map((body) => `{ ${body}; }`) },
    { weight: 1, arbitrary: fc.tuple(tie('command'), tie('script')).map(([a, b]) => `if ${a}; then ${b}; else false; fi`) },
    { weight: 1, arbitrary: fc.tuple(words, tie('script')).map(([list, body]) => `for x in ${list}; do ${body}; done`) },
    { weight: 1, arbitrary: tie('script').map((body) => `n=0; while ((n++ < 3)); do ${body}; done`) },
    { weight: 1, arbitrary: fc.tuple(word, tie('script')).map(([value, body]) => `case ${value} in a*|"b c") ${body};; *) echo other;; esac`) },
    { weight: 1, arbitrary: tie('script').map((body) => `f() { ${body}; }; f 1 2`) },
    { weight: 1, arbitrary: tie('command').map((body) => `${body} & wait`) },
    { weight: 1, arbitrary: words.map((body) => `cat <<E\n${body}\nE`) },
    { weight: 1, arbitrary: tie('script').map((body) => `x=$(${body})`) },
    { weight: 1, arbitrary: fc.constantFrom('fi', 'done', ')', '}', ';;', 'do', '|', '&&', 'if', '<<E', 'function', '! ', '((', '[[ -z', 'case') },
  ),
  script: fc.array(tie('command'), { minLength: 1, maxLength: 3 }).map((all) => all.join('\n')),
}))

test('random scripts end, and nothing is thrown', () => {
  fc.assert(
    fc.property(script, (text) => {
      const lab = bootTestNode()
      let ended: string | undefined
      spawnFrom(lab.init, function* (sys) {
        const pid = sys.fork(function* (child) {
          child.setsid()
          yield* child.open('/dev/null', { read: true })
          yield* child.open('/tmp/out', { write: true, create: true })
          child.dup(1)
          return yield* child.exec('/usr/bin/bash', ['bash', '-c', text], ENVIRONMENT)
        })
        ended = (yield* sys.wait(pid))?.status.kind
        return 0
      })
      let steps = 0
      lab.kernel.scheduler.run({ until: Infinity, expired: () => ++steps > MOST_STEPS || ended !== undefined })
      const oops = lab.kernel.oopses[0]
      if (oops) throw oops.error
      expect(ended, text).toMatch(/exited|signaled/)
    }),
    { numRuns: 300, interruptAfterTimeLimit: 30_000, seed },
  )
})
