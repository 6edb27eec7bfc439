import { readFileSync } from 'node:fs'
import { expect, test } from 'vitest'
import { bootTestNode } from '../../testing/node'
import { differencesFrom } from '../../testing/recorded'

test('holes, blocks, and room that deleted files give back, as on a real disk, tmpfs and overlay', () => {
  expect(differencesFrom(readFileSync(new URL('contents.jsonl', import.meta.url), 'utf8'))).toBe('')
})

test('a file that grows without end finds the disk full, and leaves room again', () => {
  const lab = bootTestNode()
  expect(lab.bash('mkdir -p /mnt; mount -t tmpfs none /mnt; yes > /mnt/x; echo $?; rm /mnt/x; echo a > /mnt/x; cat /mnt/x')).toEqual({ stdout: '1\na\n', stderr: 'yes: standard output: No space left on device\n', code: 0 })
})

test('a program that asks for more memory than there is is killed', () => {
  const lab = bootTestNode()
  expect(lab.bash(`awk 'BEGIN { s = "x"; while (1) s = s s }'; echo $?`).stdout).toBe('137\n')
})
