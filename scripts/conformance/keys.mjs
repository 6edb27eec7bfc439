// Sessions at a terminal for conformance-tty: what is typed, a burst at a time, each when the last has been answered.
// `shell` is who sits there; `^X` stands for a control key, `\e` for Escape, `\n` for Enter.

export const keysOf = (text) => text.replace(/\\([etn\\])/g, (_, letter) => ({ e: '\x1b', t: '\t', n: '\n', '\\': '\\' })[letter]).replace(/\^([@-_?])/g, (_, key) => (key === '?' ? '\x7f' : String.fromCharCode(key.charCodeAt(0) & 31)))

export const UP = '\\e[A', DOWN = '\\e[B', RIGHT = '\\e[C', LEFT = '\\e[D', HOME = '\\e[H', END = '\\e[F', DELETE = '\\e[3~'

/** Sessions that people have, and those that once differed. */
const ASH = [
  ['echo hi\n', 'ls alp', '\\t', '\\t', '^U', 'cat al\\t\\t', 'ha.txt\n', 'exit 3\n'],
  ['echo one two-three four', '^B^B^B^B^B^B^B^B', '\\eb', '\\ef', 'X', '\\ed', '\\e^?', '^W', '^A', '^K', '\n'],
  ['echo aé€b', LEFT + LEFT, '^?', '^?', DELETE, '\n'],
  ['echo one\n', 'echo two\n', UP, UP, UP, DOWN, 'x', UP, DOWN, '\n', 'history\n'],
  ['draft', UP, DOWN, '^C', 'abc^C', UP, '\n', '^D'],
  ['if true\n', 'then echo a\n', 'fi\n', 'echo "a\n', 'b"\n', 'cat <<E\n', 'x\n', 'E\n', 'if\n', '^C', 'echo a \\\\\n', 'b\n'],
  ['sleep 100\n', '^C', 'sleep 100\n', '^Z', 'jobs\n', 'fg\n', '^C', 'sleep 100 &\n', 'kill %1\n', '\n', 'sleep 100\n', '^Z', '^D', '^D'],
  ['sleep 7|cat\n', '^Z', 'jobs\n', 'bg\n', 'fg %1\n', '^C', 'while true; do :; done\n', '^C', 'read x\n', '^C', 'cat\n', 'hi\n', '^D', 'trap "echo T" INT\n', 'abc^C', 'sleep 30\n', '^C'],
  ["PS1='[\\\\u \\\\W]\\\\$ '\n", 'cd sub\n', 'cd /\n', "PS1='\\\\[\\\\e[1m\\\\]x\\\\[\\\\e[0m\\\\]> '\n", 'true\n', "PS1='$PWD> '\n", 'cd /etc\n'],
  ['stty -echo\n', 'echo hi\n', 'stty echo\n', 'echo a\n', 'read -s p\n', 'pw\n', 'echo $p\n', 'read -p "name: " n\n', 'bob\n', 'echo $n\n'],
  ['cd \\t\\t', 's\\t', 'd\\t', '\n', 'cd ..\n', 'ls "beta \\t', '^C', 'ls be\\t\\t', '^U', 'who\\t\\t', '^U', 'ls zz\\t\\t', '^U', '/et\\t', '^U', 'a=al\\t', '^U', 'echo > al\\t', '^U', 'ls;ech\\t', '^U', '~ro\\t'],
  ['\\e[5~', '\\e[15~', '\\eOP', '\\e[Z', '\\e.', '\\eab', '^T^Y^O^G^Q^V', '^L', 'abc^L', '\n'],
  ['echo typed\necho ahead\n', '\\e[4;30R', 'abc', '\n', 'nope\n', 'cd /nope\n', 'x=$((1/0))\n', 'for\n', 'echo $?\n', '. nofile\n', 'set -u\n', 'echo $zz\n', 'type ls cd nope\n', 'kill %9\n', 'fg\n', 'help\n'],
].map((keys) => ({ shell: 'ash', keys }))

const ASH_NARROW = [
  ['echo aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa', '^A', 'X', '^E', '^?^?', LEFT.repeat(30), 'Y', '^W', '^U', '\n', UP, '^A', '^K', '\n'],
  ['echo bbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbb', { resize: [30, 24] }, { resize: [80, 24] }, '^A', { resize: [33, 24] }, '\n'],
].map((keys) => ({ shell: 'ash', cols: 60, keys }))

const DASH = [
  ['echo hi\n', 'nope\n', 'if true\n', 'then echo a; fi\n', 'abc', '^C', 'abc^Uxy\n', 'abc def^Wq\n', '\\e[A\n', 'a\\tb\n', 'exit\n'],
  ['sleep 5\n', '^Z', 'jobs\n', 'fg\n', '^C', 'sleep 100 &\n', 'jobs\n', 'kill %1\n', '\n', 'echo "a\n', 'b"\n', 'sleep 7\n', '^Z', '^D', '^D'],
  ['cd /nope\n', '. nofile\n', 'for\n', 'echo $((1/0))\n', 'echo $((1+))\n', 'f() { local x=1; echo $x; }; f\n', '[ a -gt 1 ]\n', 'test 1 -eq\n', 'echo "a\\\\tb\\\\c"x\n', 'kill %9\n', 'fg\n', 'shift 9\n', 'echo $0 $-\n', 'set -o\n', 'type cd ls nope\n', 'ulimit -n x\n'],
  ["PS1='$PWD> '\n", 'cd sub\n', 'read x\n', '^C', 'read x\n', 'val\n', 'echo $x\n', 'cat\n', 'hi\n', '^D', 'while :; do :; done\n', '^C', 'trap "echo T" INT\n', 'sleep 20\n', '^C', '^D'],
].map((keys) => ({ shell: 'dash', keys }))

const BASH = [
  ['echo hi\n', 'exit\n'],
].map((keys) => ({ shell: 'bash', keys }))

export const SESSIONS = [...ASH, ...ASH_NARROW, ...DASH, ...BASH]

export function byChance(r, shells) {
  return { shell: r.of(shells), keys: ['echo\n'] }
}
