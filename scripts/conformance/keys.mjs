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

const LONG = 'echo the quick brown fox jumps over the lazy dog and then it runs back over the hill to see what was there'

const BASH = [
  ['echo hi\n', 'exit\n'],
  ['echo one two three', '^A', '^F', '\\ef', '\\eb', '^E', '\\eb', '\\ed', '^Y', '\\e^?', '^Y', '^A', '^K', '^Y', '^Y', '\\ey', '\n'],
  ['echo aé€漢b', LEFT + LEFT, '^?', '^H', DELETE, '^T', '^E', '^T', '\n'],
  ['abc', LEFT, 'X', LEFT, '^D', '^_', '^_', '^_', '^X^U', '\n'],
  ['echo hello world', '\\eb', '\\eu', '\\eb', '\\ec', '\\el', '^A', '\\ec', '\\et', '^U', '^Y', '^C'],
  ['echo one\n', 'echo two\n', 'ls sub\n', '^R', 'ec', '^R', '^R', '^G', '^R', 'two', '\\e[D', '\n', '^R', 'zzz', '^?', '^C'],
  ['echo one\n', 'echo two\n', '^R', 'o', '^S', '^R', '^R', '^R', '\n', '^R', '^R', '\n', '^R', 'one', '^A', 'x\n'],
  ['echo a b c\n', 'echo x', '\\e.', '\\e.', ' ', '\\e_', '\n', '\\e<', '\\e>', UP, UP, UP, DOWN, DOWN, DOWN, '^P', '^N', '\n'],
  ['echo a\n', UP, 'bc', UP, DOWN, '^U', '\n', 'echo $?\n', 'false\n', 'echo $?\n', 'cat <<E\n', 'x $HOME\n', 'E\n', UP, '\n'],
  ['if true\n', 'then\n', 'echo yes\n', 'fi\n', UP, '\n', 'for i in 1 2; do\n', 'echo $i\n', 'done\n', UP, '^C', 'echo "a\n', '^C', "echo 'q\n", "r'\n", 'echo a \\\\\n', 'b\n'],
  ['ls al\\t', '\\t', '\\t', 'ph\\t', '\n', 'cat be\\t', '\\t', '\\\\ \\t', '\n', 'cd s\\t', 'd\\t', '\n', 'cd\n', 'ls nope\\t\\t', '^U', 'echo $HO\\t', '\\t', '^U', 'ls ~/s\\t', '^U', 'ls "be\\t\\t', '^C'],
  ['whoa\\t', '\n', 'ec\\t', '\\t', '^U', 'user\\t\\t', '^U', 'ls ./a\\t\\t', '^U', 'cd \\t\\t', '^U', 'ls *.txt\\t', '^U', 'ls al*\\t\\t', '^C'],
  ['ls \\e?', '^U', 'ls al\\e*', '^U', 'echo {a,b\\e{', '^C', 'xyz\\e#', 'a\\e\\\\b   c', '^C'],
  ['sleep 100\n', '^C', 'sleep 100\n', '^Z', 'jobs\n', 'bg\n', 'jobs -l | sed "s/[0-9][0-9][0-9]*/N/2"\n', 'fg\n', '^C', 'cat\n', 'hi\n', '^D', 'cat\n', '^Z', 'fg\n', 'yo\n', '^D', 'cat\n', '^\\\\'],
  ['sleep 99 | cat\n', '^Z', 'jobs\n', 'fg\n', '^C', '(sleep 50; echo x)\n', '^Z', 'fg\n', '^C', 'while :; do :; done\n', '^C', 'exit\n'],
  ['cat\n', '^Z', 'exit\n', 'exit\n'],
  ['read x\n', 'val\n', 'echo $x\n', 'read -p "name: " n\n', 'bo^?ob\n', 'echo $n\n', 'read -s p\n', 'secret\n', 'echo $p\n', 'read -n 2 c\n', 'ab', 'echo [$c]\n', 'read y\n', '^C', 'read -e l\n', 'abc', LEFT, 'X\n', 'echo $l\n', 'read y\n', '^D', 'echo $?\n'],
  ['select f in a bb ccc; do echo $f $REPLY; break; done\n', '9\n', '2\n', 'select x in one two; do echo $x; done\n', '\n', '1\n', '^D', 'PS3="? "\n', 'select x in one two; do break; done\n', '1\n'],
  ['stty -echo\n', 'echo hi\n', 'stty echo\n', 'stty size\n', 'stty -a\n', 'stty raw; stty -a; stty sane\n', 'stty erase ^X; stty -a | head -3; stty sane\n'],
  ['\\e[200~echo pasted\\e[201~', '\n', '\\e[200~echo a\necho b\n\\e[201~', '\n', '^C', '\\e[200~x\\ty\\e[201~', '^A', '^U', '^C'],
  ['\\e3x', '\\e-\\ef', '\\e2\\eb', '^U', '^V^A', '^V\\t', 'a^Q^B', '\n', `${'^X^E'.slice(0, 2)}^X`, '^@abc^X^X', 'Z', '^C'],
  ['abc^L', '\n', '^L', 'true\n', '^D'],
  ['HISTCONTROL=ignoreboth\n', ' secret\n', 'echo dup\n', 'echo dup\n', 'history\n', 'history -d 2\n', 'history 2\n', 'history -c\n', 'history\n', UP],
  ["PS1='[\\\\u \\\\W \\\\!]\\\\$ '\n", 'cd sub\n', "PS1='\\\\[\\\\e[32m\\\\]g\\\\[\\\\e[0m\\\\]> '\n", LONG, '^A', '^E', '^C', "PS1='a\\\\nb> '\n", 'x', '^A', '^C', "PS2='more> '\n", 'if\n', '^C', 'PROMPT_COMMAND="echo pc"\n', '\n'],
  ['nope\n', 'nope arg; echo $?\n', './alpha.txt\n', 'sub\n', './sub\n', 'cd nope\n', '/nopes\n', 'echo $((1/0))\n', 'echo ${x?bad}\n', 'set -u; echo $zz\n', '[[ a\n', 'for\n', 'fi\n', 'a=(1 2\n', ')\n', 'x)\n', 'f() {\n', 'echo in\n', '}\n', 'f\n', 'type f\n'],
  ['trap "echo T" INT\n', '^C', 'abc', '^C', 'sleep 20\n', '^C', 'trap - INT\n', 'sleep 0.2 &\n', 'wait\n', 'set -b\n', '(exit 3) &\n', '\n', 'echo a & wait\n'],
  ['fc -l\n', 'echo a b\n', 'fc -s\n', 'fc -s a=z echo\n', 'fc -l -2\n', 'fc -ln 1 2\n', 'fc -lr\n', 'fc -l zz\n', 'fc -e true\n', 'help\n', 'help cd\n', 'help -d rea\n', 'help -m pwd\n', 'help nope\n', 'help "re*"\n', 'fc -x\n'],
  ['umask\n', 'alias ll="ls -l"\n', 'alias\n', 'll sub | wc -l\n', 'unalias ll\n', 'll\n', 'echo $0 $# $$ | sed "s/[0-9][0-9][0-9]*/N/"\n', 'ulimit -n\n', 'dirs\n', 'pushd sub\n', 'popd\n', 'suspend -f\n'],
  ['echo !!\n', 'echo a b c\n', 'echo !$\n', '!!\n', '!-2\n', '!echo\n', '!?b c?\n', 'echo "!!"\n', "echo '!!'\n", 'echo a!\n', '!nope\n', '^a^z\n', 'echo !!:2 !:1-2 !*\n', 'echo x/y.z\n', 'echo !$:h !$:t !$:r !$:e\n', '!e:p\n', 'echo !#\n', 'echo \\\\!x\n', 'history\n', '!2\n', 'echo hi!\n', '!!:s/hi/ho/\n', '!!:gs/o/u/\n', 'echo !{echo}x\n', 'echo $! ${x!} \n', 'set +H\n', 'echo !!\n'],
].map((keys) => ({ shell: 'bash', keys }))

const BASH_NARROW = [
  [LONG, '^A', '^E', '\\eb\\eb\\eb', 'INSERTED ', '^A', '^K', '^Y', '^W', '^W', '^_', '\n'],
  [LONG, LEFT.repeat(50), 'xyz', '^?', '^D', '^K', '^Y', HOME, '\\ef\\ef', '^U', '^_', '^C'],
  [`${LONG}\n`, UP, '^A', '\n', UP, '^R', 'fox', '^G', '^R', 'quick', '^E', '\n'],
  ['echo abc', { resize: [30, 24] }, { resize: [70, 24] }, '^A', '\n', LONG, { resize: [60, 24] }, '^A', { resize: [25, 24] }, '\n'],
  ['echo 漢字漢字漢字漢字漢字漢字漢字漢字漢字漢字', '^A', '^E', '^?^?', '^B^B^B', 'x', '\n'],
  ['ls al\\t\\t', '^U', 'ls /proc/1/n\\t\\t', '^C'],
  ['echo 567890123456789012345678901234567', '8', '9', '0', '1', '^?', '^?', '^?', '^A', 'x', '^E', 'y', 'z', '\n'],
].map((keys) => ({ shell: 'bash', cols: 40, keys }))

export const SESSIONS = [...ASH, ...ASH_NARROW, ...DASH, ...BASH, ...BASH_NARROW]

// What a session by chance is made of: words that are typed, and keys by what they do. dash has no line editor, the terminal edits.
const TYPED = ['echo one two', 'echo "a b" c', "printf '%s\\\\n' x y", 'ls', 'ls sub', 'cat alpha.txt', 'cd sub', 'cd ..', 'pwd', 'true', 'false', 'nope', 'echo $?', 'x=5; echo $x', 'for i in 1 2; do echo $i; done', 'if true; then echo y; fi', 'echo a;', ' and more', '  ', '-l', 'é€', '漢字', LONG]
const EDITED = {
  bash: ['^A', '^E', '^B', '^F', '^D', '^H', '^?', '^K', '^U', '^W', '^Y', '^T', '^_', '\\eb', '\\ef', '\\ed', '\\e^?', '\\eu', '\\ec', '\\et', '\\e.', '\\ey', '^C', '^P', '^N', LEFT, UP, DOWN, HOME, DELETE, '\\t', '^L'],
  ash: ['^A', '^E', '^B', '^F', '^D', '^H', '^?', '^K', '^U', '^W', '^C', '^P', '^N', LEFT, UP, DOWN, HOME, DELETE],
  dash: ['^H', '^?', '^U', '^W', '^C'],
}

/** A session by chance: lines of some words with edits between, each ended by Enter; sometimes the window is another size. */
export function byChance(chance, shells) {
  const shell = chance.of(shells)
  const keys = []
  for (let lines = 2 + chance.number(4); lines > 0; lines--) {
    for (let pieces = 1 + chance.number(6); pieces > 0; pieces--) {
      // The end of file is no edit: it would end the session on an empty line.
      const key = chance.number(3) === 0 ? chance.of(TYPED) : chance.of(EDITED[shell])
      keys.push(key === '^D' ? `x${LEFT}^D` : key)
    }
    keys.push('\n')
  }
  return { shell, cols: chance.of([80, 80, 40]), keys }
}
