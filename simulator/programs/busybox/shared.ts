/**
 * Applets whose answers are those of the node's program: which program, which of its options busybox has (its usage says), and in
 * which words it tells of failures. Compared with busybox-static 1.35.0 of Debian 12.
 */
import type { Io, ProgramModule } from '../program'
import type { Applet, Given } from './applet'
import { asOnNode, type Row, type Words } from './node'

const MODULES = {
  ...import.meta.glob<{ default: ProgramModule }>('../coreutils/*/index.ts', { eager: true }),
  ...import.meta.glob<{ default: ProgramModule }>('../{grep,sed,findutils,gawk,diffutils,tar,gzip,bsdextrautils}/*/index.ts', { eager: true }),
}

const CANNOT_OPEN: Words = [[/^(\S+): (.+): ([^:]+)$/, "$1: can't open '$2': $3"]]
const CANNOT_READ: Words = [...CANNOT_OPEN, [/can't open ('.*'): Is a directory$/, "can't read $1: Is a directory"]]
const QUOTES: Words = [[/[‘’]/g, "'"]]
const cannot = (verb: string): Words => [...QUOTES, [new RegExp(`cannot ${verb} '`), `can't ${verb} '`]]
const CANNOT_EXECUTE: Words = [...QUOTES, [/^(\S+): '?([^':]+)'?: ([^:]+)$/, "$1: can't execute '$2': $3"]]
/** `chmod: cannot access '/nope': …` is `chmod: /nope: …`. */
const BARE: Words = [...QUOTES, [/cannot [a-z ]+ '([^']*)'/, '$1']]

/** awk stops at a word it did not expect, and points at no place. */
const AWK: Words = [
  [/^awk: cmd\. line:(\d+): fatal: function `.*' not defined$/, 'awk: cmd. line:$1: Call to undefined function'], [/^(awk: cmd\. line:\d+: ).*division by zero.*$/, '$1Division by zero'],
  [/^awk: fatal: cannot open file `(.*)' for reading: /, 'awk: $1: '], [/^awk: fatal: cannot open source file `(.*)' for reading: /, "awk: can't open '$1': "],
  [/^(awk: cmd\. line:\d+: ) *\^ (?:syntax error|unexpected newline.*|unterminated .*)$/, '$1Unexpected token'], [/^awk: cmd\. line:\d+: (?!Unexpected token|Division|Call to).*$/, ''],
]
const SED: Words = [
  [/^sed: read error on .*: Is a directory$/, ''],
  [/^sed: can't read ([^:]+): /, 'sed: $1: '], [/^sed: couldn't open file ([^:]+): /, "sed: can't open '$1': "], [/^sed: can't find label for jump to `(.*)'$/, "sed: can't find label for jump to '$1'"],
  [/^sed: -e expression #\d+, char \d+: unterminated (?:`[sy]' command|address regex)$/, "sed: unmatched '/'"], [/^sed: -e expression #\d+, char \d+: unknown command: `(.)'$/, 'sed: unsupported command $1'],
  [/^sed: -e expression #\d+, char \d+: unknown option to `s'$/, 'sed: bad option in substitution expression'], [/^sed: -e expression #\d+, char \d+: missing filename in r\/R\/w\/W commands$/, 'sed: empty filename'],
]
const TAR: Words = [
  [/^tar: (.+): Cannot open: /, "tar: can't open '$1': "], [/^tar: Error is not recoverable: exiting now$/, ''], [/^tar: (.+): Cannot stat: /, 'tar: $1: '], [/Exiting with failure status due to previous errors/, 'error exit delayed from previous errors'],
  [/Cowardly refusing to create an empty archive/, 'empty archive'], [/: Not found in archive/, ': not found in archive'], [/Removing leading `\/'/, "removing leading '/'"],
]
/** A directory among the files is passed over; a pattern that is none is shown. */
const badRegex = (given: Given | null): Words => [[/^grep: (?:Unmatched|Invalid|Trailing|Regular|Unknown) ?.*$/, `grep: bad regex '${given?.value('e') ?? given?.operands[0] ?? ''}'`], [/^grep: .*: Is a directory$/, '']]

/** Of itself, id tells of supplementary groups only, as getgroups(2) has them; the node's begins with the first group. */
const ownGroups = (io: Io, given: Given | null): Words => {
  const { groups } = io.sys.credentials
  if ((given?.operands.length ?? 0) > 0) return []
  const inOrder = (_: string, list = ''): string => {
    const named = new Map(list.split(',').map((group) => [Number.parseInt(group, 10), group]))
    return groups.length === 0 ? '' : ` groups=${groups.map((group) => named.get(group) ?? group).join(',')}`
  }
  return [[/ groups=(\S+)$/m, inOrder]]
}

const TABLE: Readonly<Record<string, Row>> = {
  awk: { program: 'gawk/gawk', letters: '+F:v:f:e:', words: AWK, failure: 1, needs: ['f', 'e'] },
  base64: { program: 'coreutils/base64', letters: 'dw:' },
  basename: { program: 'coreutils/basename', letters: '+as:' },
  chgrp: { program: 'coreutils/chgrp', letters: 'RhLHPcvf', words: BARE },
  chmod: { program: 'coreutils/chmod', letters: 'Rcvfrwxst', words: BARE },
  chown: { program: 'coreutils/chown', letters: 'RhLHPcvf', words: BARE },
  cp: { program: 'coreutils/cp', letters: 'pdRfilsLHarPuTvnt:', words: [...QUOTES, [/cannot stat '/, "can't stat '"], [/cannot create (regular file|directory) '/, "can't create '"]] },
  cut: { program: 'coreutils/cut', letters: 'b:c:f:d:sn', words: [[/^cut: you must specify a list.*$/, 'cut: expected a list of bytes, characters, or fields']] },
  chroot: { program: 'coreutils/chroot', letters: '+', words: [...QUOTES, [/cannot change root directory to '/, "can't change root directory to '"]], failure: 1 },
  cmp: { program: 'diffutils/cmp', letters: 'lsn:', words: [[/^(cmp: EOF on \S+) after .*$/, '$1']], shows: [[/differ: byte (\d+)/, 'differ: char $1']] },
  date: { program: 'coreutils/date', letters: 'us:d:r:RI::D:', words: QUOTES },
  dd: { program: 'coreutils/dd', letters: 'any', words: [...QUOTES, [/failed to open '/, "can't open '"], [/invalid number: '/, "invalid number '"], [/^\d+ bytes? .*copied.*$/, '']] },
  diff: { program: 'diffutils/diff', letters: 'abBdiL:NqrTstwU:u', before: ['-u'], words: [[/^diff: ([^:]+): (No such file.*)$/, "diff: can't stat '$1': $2"]], shows: [[/^(---|\+\+\+) ([^\t\n]*)\t.*$/gm, '$1 $2'], [/^diff -u .*\n/gm, '']], failure: 1 },
  dirname: { program: 'coreutils/dirname', letters: '+' },
  echo: { program: 'coreutils/echo', letters: '', before: ['-E'] },
  env: { program: 'coreutils/env', letters: '+iu:0', words: CANNOT_EXECUTE },
  expand: { program: 'coreutils/expand', letters: 'it:' },
  expr: { program: 'coreutils/expr', letters: '+', words: [[/^expr: syntax error: .*$/, 'expr: syntax error']] },
  factor: { program: 'coreutils/factor', letters: '' },
  false: { program: 'coreutils/false', letters: '' },
  find: { program: 'findutils/find', letters: '', words: [[/[‘’']([^‘’']*)[‘’']: /, '$1: ']] },
  fold: { program: 'coreutils/fold', letters: 'bsw:' },
  grep: { program: 'grep/grep', letters: 'lnqvscFiHhe:f:LorwxEzm:A:B:C:R', long: { color: 'c' }, words: badRegex, passed: 1, needs: ['e', 'f'] },
  groups: { program: 'coreutils/groups', letters: '' },
  gunzip: { program: 'gzip/gzip', letters: 'cfkt', before: ['-d'], words: [[/^gzip: /, 'gunzip: '], [/unknown suffix -- ignored/, 'unknown suffix - ignored']], failure: 1 },
  gzip: { program: 'gzip/gzip', letters: 'cfkdt123456789' },
  hexdump: { program: 'bsdextrautils/hexdump', letters: 'bcdoxCe:f:n:s:v' },
  head: { program: 'coreutils/head', letters: 'n:c:qv', words: [[/cannot open '(.*)' for reading/, '$1'], [/invalid number of (?:lines|bytes): [‘'](.*)[’']/, "invalid number '$1'"], [/error reading '(.*)': .*/, '$1: Input/output error']] },
  hostid: { program: 'coreutils/hostid', letters: '' },
  id: { program: 'coreutils/id', letters: 'ugGnr', shows: ownGroups, words: [[/^id: [‘']?([^‘’':]*)[’']?: no such user$/, 'id: unknown user $1']] },
  ln: { program: 'coreutils/ln', letters: 'sfnbS:vT', words: [...QUOTES, [/failed to (?:access|create (?:symbolic|hard) link) '([^']*)'(?: => '[^']*')?/, '$1']] },
  logname: { program: 'coreutils/logname', letters: '' },
  md5sum: { program: 'coreutils/md5sum', letters: 'csw', words: CANNOT_READ },
  mkdir: { program: 'coreutils/mkdir', letters: 'm:p', words: cannot('create directory') },
  mkfifo: { program: 'coreutils/mkfifo', letters: 'm:', words: [[/cannot create fifo '(.*)'/, '$1']] },
  mktemp: { program: 'coreutils/mktemp', letters: 'dqtp:u' },
  mv: { program: 'coreutils/mv', letters: 'finTvt:', words: [...QUOTES, [/cannot (?:stat|move) '([^']*)'(?: to '[^']*')?/, "can't rename '$1'"]] },
  nl: { program: 'coreutils/nl', letters: 'b:i:s:v:w:', words: [[/^nl: (.*): Is a directory$/, '']], passed: 0 },
  nproc: { program: 'coreutils/nproc', letters: '', long: { all: '', ignore: '' } },
  od: { program: 'coreutils/od', letters: 'abcdfhilovxs:A:j:N:t:w:' },
  printf: { program: 'coreutils/printf', letters: '+', words: [[/^printf: '(.*)': expected a numeric value$/, "printf: invalid number '$1'"]] },
  readlink: { program: 'coreutils/readlink', letters: 'fnv', most: 1 },
  realpath: { program: 'coreutils/realpath', letters: '' },
  rev: { program: 'bsdextrautils/rev', letters: '', words: [[/cannot open (.*): /, '$1: '], [/^rev: .*: Is a directory$/, '']], passed: 0 },
  rm: { program: 'coreutils/rm', letters: 'fiRrv', words: [...cannot('remove'), [/can't remove ('.*'): Is a directory$/, '$1 is a directory']] },
  rmdir: { program: 'coreutils/rmdir', letters: 'p', words: [...QUOTES, [/failed to remove (?:directory )?'/, "'"]] },
  sed: { program: 'sed/sed', letters: 'e:f:i::nrEs', words: SED, failure: 1, passed: 0, needs: ['e', 'f'] },
  seq: { program: 'coreutils/seq', letters: '+ws:0123456789' },
  sha1sum: { program: 'coreutils/sha1sum', letters: 'csw', words: CANNOT_READ },
  sha256sum: { program: 'coreutils/sha256sum', letters: 'csw', words: CANNOT_READ },
  sha512sum: { program: 'coreutils/sha512sum', letters: 'csw', words: CANNOT_READ },
  shuf: { program: 'coreutils/shuf', letters: 'ei:n:o:z' },
  sort: { program: 'coreutils/sort', letters: 'ngMucszbrdfiVho:k:t:T:m', words: [[/cannot read: /, ''], [/^sort: read failed: .*$/, '']], passed: 0 },
  stat: { program: 'coreutils/stat', letters: 'ftLc:', words: [...QUOTES, [/cannot stat(?:x)? '/, "can't stat '"]], shows: [[/^( {2}File: )(.*) -> (.*)$/gm, "$1'$2' -> '$3'"]] },
  sync: { program: 'coreutils/sync', letters: 'df' },
  tac: { program: 'coreutils/tac', letters: '', words: [[/failed to open '(.*)' for reading/, '$1'], [/read error: Invalid argument/, 'Is a directory']] },
  tar: { program: 'tar/tar', letters: 'any', after: ['--full-time'], words: TAR, failure: 1 },
  test: { program: 'coreutils/test', letters: 'any', words: [...QUOTES, [/missing '\]'/, 'missing ]']] },
  tail: { program: 'coreutils/tail', letters: 'c:n:fs:qvF', words: [[/cannot open '(.*)' for reading/, "can't open '$1'"], [/error reading '.*': /, 'read error: ']] },
  tee: { program: 'coreutils/tee', letters: 'ai' },
  timeout: { program: 'coreutils/timeout', letters: '+s:k:', words: [...QUOTES, [/failed to run command '/, "can't execute '"]] },
  touch: { program: 'coreutils/touch', letters: 'cd:r:t:hma', words: [...QUOTES, [/cannot touch '([^']*)'/, '$1']] },
  tr: { program: 'coreutils/tr', letters: '+cCds' },
  true: { program: 'coreutils/true', letters: '' },
  truncate: { program: 'coreutils/truncate', letters: 'cs:', words: [...QUOTES, [/cannot open '([^']*)' for writing/, '$1: open']] },
  tty: { program: 'coreutils/tty', letters: 's' },
  uname: { program: 'coreutils/uname', letters: 'amnrspvio' },
  unexpand: { program: 'coreutils/unexpand', letters: 'fat:' },
  uniq: { program: 'coreutils/uniq', letters: 'cduiz f:s:w:' },
  unlink: { program: 'coreutils/unlink', letters: '' },
  whoami: { program: 'coreutils/whoami', letters: '' },
  xargs: { program: 'findutils/xargs', letters: '+0rtpxn:P:s:E:e::I:i::a:L:' },
  zcat: { program: 'gzip/gzip', letters: '', before: ['-dc'], words: [[/^(?:zcat|gzip): .*: not in gzip format$/, 'zcat: no gzip/bzip2/xz magic']], failure: 1 },
  yes: { program: 'coreutils/yes', letters: '+' },
}

const WITHOUT_OPTIONS = new Set(['true', 'false', 'echo', 'find', 'factor', 'chmod', 'seq', 'head', 'tail', 'expr'])

export function sharedApplet(name: string): Applet | undefined {
  const row = TABLE[name]
  const module = row && MODULES[`../${row.program}/index.ts`]?.default
  return module && asOnNode(module, WITHOUT_OPTIONS.has(name) ? { ...row, letters: 'any' } : row)
}
