import { existsSync, readFileSync } from 'node:fs'
import { describe, expect, test } from 'vitest'
import { bootTestNode } from '../testing/node'

interface Line {
  readonly cmd: string
  readonly given?: string
  readonly stdout: string
  readonly stderr: string
  readonly code: number
}

const ENV = { TERM: 'xterm-256color', COLUMNS: '80', LINES: '24' }

for (const name of ['bash', 'bash-more']) {
  const file = new URL(`../../content/recordings/shell/${name}.jsonl`, import.meta.url)
  if (!existsSync(file)) continue
  const lines = readFileSync(file, 'utf8').trim().split('\n').map((line): Line => JSON.parse(line))
  describe(`recording ${name}`, () => {
    test.each(lines.map((line) => [line.cmd, line] as const))('%s', (_, line) => {
      const node = bootTestNode()
      node.file('/empty/.keep', '')
      node.file('/etc/passwd', 'root:x:0:0:root:/root:/bin/bash\n')
      const env = name === 'bash' ? {} : ENV
      if (line.given !== undefined) node.bash(line.given, { cwd: '/empty', env })
      const { stdout, stderr, code } = node.bash(line.cmd, { cwd: '/empty', env })
      expect({ stdout, stderr, code }).toEqual({ stdout: line.stdout, stderr: line.stderr, code: line.code })
    })
  })
}

const CASES: [script: string, stdout: string][] = [
  ['x=abcabc; echo ${x/b/X} ${x//b/X} ${x/#a/X} ${x/%c/X} ${x:1:2} ${x: -2}', 'aXcabc aXcaXc Xbcabc abcabX bc bc\n'],
  ['shopt -s extglob; x=foobar; echo ${x/@(foo|bar)/-} ${x%%+([a-b])*}', '-bar foo\n'],
  ['f() { local -a a=(1 2); a+=(3); echo ${a[@]: -2}; }; f', '2 3\n'],
  ['set -- "a b" c; for i; do echo "<$i>"; done', '<a b>\n<c>\n'],
  ['echo $((2+3*4%5)) $((1?2:3)) $((x=7)) $x', '4 2 7 7\n'],
]

test.each(CASES)('%s', (script, stdout) => {
  expect(bootTestNode().bash(script)).toEqual({ stdout, stderr: '', code: 0 })
})

const LIKE_BASH: [script: string, stdout: string][] = [
  ['for i in 1; do (break) 2>&1; { continue; } 2>&1 | cat; echo $(break; echo d); done', "bash: line 1: break: only meaningful in a `for', `while', or `until' loop\nbash: line 1: continue: only meaningful in a `for', `while', or `until' loop\n\n"],
  ['echo $BASH_SUBSHELL; (echo $BASH_SUBSHELL) & wait; (echo $BASH_SUBSHELL) | cat; ( (echo $BASH_SUBSHELL) ) & wait', '0\n1\n1\n2\n'],
  ['(sleep 1; true) & sleep 0.1; ps -o args | grep -c ^bash; (sleep 1; true) | ps -o args | grep -c ^bash', '2\n3\n'],
  ['shopt -s nocasematch; x=aAbB; echo ${x//a/.} ${x#A} ${x//[[:upper:]]/_}; [[ A == [[:lower:]] ]]; echo $?; [[ A == [a-c] ]]; echo $?', '..bB aAbB a_b_\n1\n0\n'],
  ['ls >/dev/null; ls >/dev/null; (ls >/dev/null); cat </dev/null; hash; command -v ls; hash', 'hits\tcommand\n   2\t/usr/bin/ls\n   1\t/usr/bin/cat\n/usr/bin/ls\nhits\tcommand\n   3\t/usr/bin/ls\n   1\t/usr/bin/cat\n'],
  ['cd --help | head -1; help --help | head -1; echo --help; set -m; echo $(echo $-)', 'cd: cd [-L|[-P [-e]] [-@]] [dir]\nhelp: help [-dms] [pattern ...]\n--help\nhmBc\n'],
  ["printf 'a\\cb'; printf '%b' 'a\\cb' c", 'a\\cba'],
]

test.each(LIKE_BASH)('%s', (script, stdout) => {
  expect(bootTestNode().bash(script)).toEqual({ stdout, stderr: '', code: 0 })
})

test('few descriptors', () => {
  expect(bootTestNode().bash('echo "echo hi" > /tmp/s; ulimit -n 3; . /tmp/s')).toEqual({ stdout: '', stderr: 'bash: line 1: /tmp/s: Too many open files\n', code: 1 })
})

test('what a builtin could not write is said by those that look', () => {
  const { stderr } = bootTestNode().bash('for c in "type ls" umask "trap -l" "hash -t ls" "kill -l" "dirs" "printf %s"; do ls >/dev/null; eval "$c" >/dev/full; echo "$c $?" >&2; done')
  const failed = (name: string): string => `bash: line 1: ${name}: write error: No space left on device\n`
  expect(stderr).toBe(`${failed('type')}type ls 1\n${failed('umask')}umask 1\n${failed('trap')}trap -l 1\nhash -t ls 0\nkill -l 0\n${failed('dirs')}dirs 1\nprintf %s 0\n`)
})
