// What lies in the directory that a made line runs in.
import { quote } from './chance.mjs'

export const WORDS = ['apple', 'Banana', 'cherry', 'a.b', 'x+y', 'foo bar', '10', '9', '2.5', '-3', '0x1f', 'é', 'tab\there', "it's", 'a:b:c', 'k=v', '', 'foo', 'FOO', 'aab', 'abc123', '[x]', '1e3', '  lead', 'trail ']

function texts(r) {
  const line = () => Array.from({ length: 1 + r.number(4) }, () => r.of(WORDS)).join(r.of([' ', ' ', ',', ':']))
  const people = Array.from({ length: 8 }, () => `${r.of(['ann', 'bob', 'eve', 'joe', 'zoe'])} ${r.number(60)} ${r.of(['rome', 'oslo', 'kyiv', 'nice'])}`)
  const objects = Array.from({ length: 5 }, (_, i) => JSON.stringify({ id: i, name: r.of(WORDS), n: r.number(100) / 4, tags: r.some(['x', 'y', 'z'], 3), on: r.of([true, false, null]), in: { k: r.of(WORDS) } }))
  return {
    'words.txt': `${Array.from({ length: 20 }, line).join('\n')}\n`,
    'people.txt': `${people.join('\n')}\n`,
    'numbers.txt': Array.from({ length: 15 }, () => r.of(['1', '10', '2', '-5', '3.14', '1e2', '007', '0', '1000', '2K', '3M', ''])).join('\n'),
    'data.json': `${objects.join('\n')}\n`,
    'list.json': `[${objects.join(',')}]\n`,
  }
}

/** A script that lays the files: texts by chance, and a tree whose modes, links and dates are given. */
export function sampleScript(r) {
  const files = Object.entries(texts(r)).map(([name, text]) => `printf %s ${quote(text)} > ${name}`)
  return [
    ...files,
    "mkdir -p tree/sub/deep tree/empty; printf 'one\\ntwo\\nthree\\n' > tree/a.txt; printf 'x\\n' > tree/sub/b.c; : > tree/sub/deep/c.log; printf '#!/bin/sh\\necho ran\\n' > tree/run.sh; chmod 755 tree/run.sh",
    "ln -s a.txt tree/link; ln -s nowhere tree/broken; ln tree/a.txt tree/hard; mkfifo tree/pipe; printf hidden > tree/.dot; printf 'a\\0b\\377\\n' > bin; printf 'no end' > noend; : > empty",
    "printf 'a\\tb\\tc\\n\\n\\n\\nd\\n' > tabs; printf 'the quick brown fox jumps over the lazy dog and runs away from all of it because it can\\n\\n  indented line\\nshort\\n' > prose",
    "seq 12 > ten; printf 'a 1\\nb 2\\nc 3\\n' > left; printf 'a x\\nc y\\nd z\\n' > right",
    'chmod 640 tree/a.txt; chmod 4755 tree/sub/b.c; chmod 1777 tree/empty',
    "touch -d '2023-06-10 12:00:00' tree/a.txt tree/sub/b.c tree/empty tree/sub/deep; touch -d '2021-01-02 03:04:05.678' tree/run.sh tree/sub tree/sub/deep/c.log; touch -h -d '2022-02-02' tree/link tree/broken; touch -d 2020-02-29 tree/pipe tree/.dot tree bin empty",
  ].join('\n')
}
