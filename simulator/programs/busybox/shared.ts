/**
 * Applets whose answers are those of the node's program: which program, which of its options busybox has (its usage says), and in
 * which words it tells of failures. Compared with busybox-static 1.35.0 of Debian 12.
 */
import type { ProgramModule } from '../program'
import type { Applet } from './applet'
import { asOnNode, type Words } from './node'

const MODULES = {
  ...import.meta.glob<{ default: ProgramModule }>('../coreutils/*/index.ts', { eager: true }),
  ...import.meta.glob<{ default: ProgramModule }>('../{grep,sed,findutils,gawk,diffutils,tar,gzip,curl}/*/index.ts', { eager: true }),
}

const CANNOT_OPEN: Words = [[/^(\S+): (.+): ([^:]+)$/, "$1: can't open '$2': $3"]]
const QUOTES: Words = [[/[‘’]/g, "'"]]
const cannot = (verb: string): Words => [...QUOTES, [new RegExp(`cannot ${verb} '`), `can't ${verb} '`]]
const CANNOT_EXECUTE: Words = [...QUOTES, [/^(\S+): '?([^':]+)'?: ([^:]+)$/, "$1: can't execute '$2': $3"]]
/** `chmod: cannot access '/nope': …` is `chmod: /nope: …`. */
const BARE: Words = [...QUOTES, [/cannot [a-z ]+ '([^']*)'/, '$1']]

interface Row {
  readonly program: string
  readonly letters: string
  readonly words?: Words
  readonly long?: Readonly<Record<string, string>>
}

const TABLE: Readonly<Record<string, Row>> = {
  awk: { program: 'gawk/gawk', letters: '+F:v:f:e:' },
  base64: { program: 'coreutils/base64', letters: 'dw:' },
  basename: { program: 'coreutils/basename', letters: '+as:' },
  cat: { program: 'coreutils/cat', letters: 'nbvteAu', words: CANNOT_OPEN },
  chgrp: { program: 'coreutils/chgrp', letters: 'RhLHPcvf', words: BARE },
  chmod: { program: 'coreutils/chmod', letters: 'Rcvfrwxst', words: BARE },
  chown: { program: 'coreutils/chown', letters: 'RhLHPcvf', words: BARE },
  cp: { program: 'coreutils/cp', letters: 'pdRfilsLHarPuTv', words: [...QUOTES, [/cannot stat '/, "can't stat '"], [/cannot create (regular file|directory) '/, "can't create '"]] },
  cut: { program: 'coreutils/cut', letters: 'b:c:f:d:sn', words: [[/^cut: you must specify a list.*$/, 'cut: expected a list of bytes, characters, or fields']] },
  date: { program: 'coreutils/date', letters: 'us:d:r:RI::D:', words: QUOTES },
  dirname: { program: 'coreutils/dirname', letters: '+' },
  du: { program: 'coreutils/du', letters: 'aHLdclsxhmk', words: BARE },
  echo: { program: 'coreutils/echo', letters: '' },
  env: { program: 'coreutils/env', letters: '+iu:0', words: CANNOT_EXECUTE },
  expr: { program: 'coreutils/expr', letters: '+' },
  factor: { program: 'coreutils/factor', letters: '' },
  false: { program: 'coreutils/false', letters: '' },
  find: { program: 'findutils/find', letters: '', words: [[/[‘’']([^‘’']*)[‘’']: /, '$1: ']] },
  fold: { program: 'coreutils/fold', letters: 'bsw:' },
  grep: { program: 'grep/grep', letters: 'lnqvscFiHhe:f:LorwxEzm:A:B:C:R', long: { color: 'c' } },
  groups: { program: 'coreutils/groups', letters: '' },
  gzip: { program: 'gzip/gzip', letters: 'cfkdt123456789' },
  head: { program: 'coreutils/head', letters: 'n:c:qv', words: [[/cannot open '(.*)' for reading/, '$1'], [/invalid number of lines: /, 'invalid number ']] },
  hostid: { program: 'coreutils/hostid', letters: '' },
  id: { program: 'coreutils/id', letters: 'ugGnr', words: [[/^id: [‘']?([^‘’':]*)[’']?: no such user$/, 'id: unknown user $1']] },
  ln: { program: 'coreutils/ln', letters: 'sfnbS:vT', words: [...QUOTES, [/failed to (?:access|create (?:symbolic|hard) link) '([^']*)'(?: => '[^']*')?/, '$1']] },
  logname: { program: 'coreutils/logname', letters: '' },
  md5sum: { program: 'coreutils/md5sum', letters: 'csw', words: CANNOT_OPEN },
  mkdir: { program: 'coreutils/mkdir', letters: 'm:p', words: cannot('create directory') },
  mkfifo: { program: 'coreutils/mkfifo', letters: 'm:', words: [[/cannot create fifo '(.*)'/, '$1']] },
  mktemp: { program: 'coreutils/mktemp', letters: 'dqtp:u' },
  mv: { program: 'coreutils/mv', letters: 'finT', words: [...QUOTES, [/cannot (?:stat|move) '([^']*)'(?: to '[^']*')?/, "can't rename '$1'"]] },
  nl: { program: 'coreutils/nl', letters: 'b:h:f:i:l:n:ps:v:w:' },
  nproc: { program: 'coreutils/nproc', letters: '', long: { all: '', ignore: '' } },
  od: { program: 'coreutils/od', letters: 'abcdfhilovxs:A:j:N:t:w:' },
  paste: { program: 'coreutils/paste', letters: 'd:s' },
  printf: { program: 'coreutils/printf', letters: '+', words: [[/^printf: '(.*)': expected a numeric value$/, "printf: invalid number '$1'"]] },
  readlink: { program: 'coreutils/readlink', letters: 'fnv' },
  realpath: { program: 'coreutils/realpath', letters: '' },
  rm: { program: 'coreutils/rm', letters: 'fiRrv', words: [...cannot('remove'), [/: Is a directory$/, ': Is a directory']] },
  rmdir: { program: 'coreutils/rmdir', letters: 'p', words: [...QUOTES, [/failed to remove '/, "'"]] },
  sed: { program: 'sed/sed', letters: 'e:f:i::nrEs' },
  seq: { program: 'coreutils/seq', letters: '+ws:0123456789' },
  sha1sum: { program: 'coreutils/sha1sum', letters: 'csw', words: CANNOT_OPEN },
  sha256sum: { program: 'coreutils/sha256sum', letters: 'csw', words: CANNOT_OPEN },
  sha512sum: { program: 'coreutils/sha512sum', letters: 'csw', words: CANNOT_OPEN },
  shuf: { program: 'coreutils/shuf', letters: 'ei:n:o:z' },
  sleep: { program: 'coreutils/sleep', letters: '+', words: [[/^sleep: invalid time interval [‘'](.*)[’']$/, "sleep: invalid number '$1'"], [/^Try '.*$/, '']] },
  sort: { program: 'coreutils/sort', letters: 'ngMucszbrdfiVhko:k:t:T:m', words: [[/cannot read: /, '']] },
  split: { program: 'coreutils/split', letters: 'l:b:a:' },
  stat: { program: 'coreutils/stat', letters: 'ftLc:', words: [...QUOTES, [/cannot stat(?:x)? '/, "can't stat '"]] },
  stty: { program: 'coreutils/stty', letters: 'any' },
  sync: { program: 'coreutils/sync', letters: 'df' },
  tac: { program: 'coreutils/tac', letters: '' },
  tail: { program: 'coreutils/tail', letters: 'c:n:fs:qvF', words: [[/cannot open '(.*)' for reading/, "can't open '$1'"]] },
  tee: { program: 'coreutils/tee', letters: 'ai' },
  timeout: { program: 'coreutils/timeout', letters: '+s:k:', words: [...QUOTES, [/failed to run command '/, "can't execute '"]] },
  touch: { program: 'coreutils/touch', letters: 'cd:r:t:hma', words: [...QUOTES, [/cannot touch '([^']*)'/, '$1']] },
  tr: { program: 'coreutils/tr', letters: '+cCds' },
  true: { program: 'coreutils/true', letters: '' },
  truncate: { program: 'coreutils/truncate', letters: 'cs:', words: [...QUOTES, [/cannot open '([^']*)' for writing/, '$1: open']] },
  tty: { program: 'coreutils/tty', letters: 's' },
  uname: { program: 'coreutils/uname', letters: 'amnrspvio' },
  uniq: { program: 'coreutils/uniq', letters: 'cduiz f:s:w:' },
  unlink: { program: 'coreutils/unlink', letters: '' },
  whoami: { program: 'coreutils/whoami', letters: '' },
  xargs: { program: 'findutils/xargs', letters: '+0rtpxn:P:s:E:e::I:i::a:L:' },
  yes: { program: 'coreutils/yes', letters: '+' },
}

const WITHOUT_OPTIONS = new Set(['true', 'false', 'echo', 'find', 'factor', 'chmod', 'seq', 'head', 'tail', 'expr'])

export const SHARED: Readonly<Record<string, Applet>> = Object.fromEntries(
  Object.entries(TABLE).flatMap(([name, { program, letters, words, long }]): [string, Applet][] => {
    const module = MODULES[`../${program}/index.ts`]?.default
    return module ? [[name, asOnNode(module, WITHOUT_OPTIONS.has(name) ? 'any' : letters, words, long)]] : []
  }),
)
