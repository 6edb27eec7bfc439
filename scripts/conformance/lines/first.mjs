// Lines for the tools that have a language: bash, grep, awk, sed, sort, jq.
import { quote } from '../chance.mjs'
import { WORDS } from '../samples.mjs'

const text = (r) => r.of(['words.txt', 'people.txt', 'numbers.txt'])

const atom = (r) => r.of(['a', 'b', 'o', '.', '[a-c]', '[^a]', '[[:digit:]]', '[[:upper:]]', '\\.', 'foo', 'an', 'x', '[0-9]', 'é', '\\w', '\\s', '\\b'])
const basic = (r) => r.maybe('^', 0.2) + Array.from({ length: 1 + r.number(3) }, () => atom(r) + r.of(['', '', '', '*', '\\+', '\\?', '\\{2\\}'])).join('') + r.maybe('$', 0.15)
const extended = (r) => {
  const sequence = () => Array.from({ length: 1 + r.number(3) }, () => (r.number(5) === 0 ? `(${atom(r)}|${atom(r)})` : atom(r)) + r.of(['', '', '', '*', '+', '?', '{1,2}'])).join('')
  return r.maybe('^', 0.2) + r.of([sequence, () => `${sequence()}|${sequence()}`])() + r.maybe('$', 0.15)
}

function grep(r) {
  const kind = r.of(['', '-E', '-F', '-E'])
  const pattern = kind === '-E' ? extended(r) : kind === '-F' ? r.of(['a', 'a.b', 'foo', '[x]', 'x+y']) : basic(r)
  const flags = r.some(['-i', '-v', '-n', '-c', '-o', '-w', '-x', '-l', '-L', '-h', '-H', '-m2', '-A1', '-B1', '-C1', '-b', '-s', '-q', '--color=always'], 3)
  return ['grep', kind, ...flags, '-e', quote(pattern), ...r.of([[text(r)], ['words.txt', 'people.txt'], ['words.txt', 'nofile']])].filter(Boolean).join(' ')
}

function awk(r) {
  const value = () => r.of(['$1', '$2', '$NF', 'NR', 'NF', '$0', 'length($1)', 'length', 'toupper($1)', 'substr($1, 2, 3)', '$2 + 1', '$2 * 2.5', '$1 "-" $2', 'index($0, "a")', 'int($2)', 'n[$1]', 'x++', '-$2', '$2 % 7', '2 ^ 3', 'sprintf("%5.2f|%-4s|%03d", $2, $1, $2)', 'NR == 1 ? "first" : "more"', '$(NF-1)', 'split($0, p, /[ ,:]/)', 'gsub(/a/, "<&>")', 'match($0, /[0-9]+/)'])
  const test = () => r.of([`$2 > ${r.number(50)}`, `/${extended(r).replaceAll('/', '\\/')}/`, 'NR % 2', 'NR == 2, NR == 4', '$1 ~ /^[a-e]/', '$1 == "bob"', '!seen[$1]++', 'NF > 2', '$1 < $2', 'NR > 1 && $2 != 9'])
  const act = () => r.of([() => `print ${value()}`, () => `print ${value()}, ${value()}`, () => `printf "%s;%d\\n", ${value()}, ${value()}`, () => `s += $2; n[$1]++`, () => `$2 = ${value()}; print`, () => `for (i = NF; i > 0; i--) printf "%s ", $i; print ""`, () => `sub(/${r.of(['a', 'o+', '[0-9]'])}/, "&&"); print`, () => `if (${r.of(['$2 > 20', 'NR > 3'])}) print ${value()}; else next`, () => 'while (i < 3) print i++ , $1'])()
  const end = r.maybe(r.of([' END { print s, NR }', ' END { for (k in n) print k, n[k] }', ' END { print length(n), x }', ' END { printf "%.3g %e %x\\n", s, s, NR }']), 0.5)
  return `awk ${r.maybe(`-F${r.of([',', ':', "'[ :]'", "' '"])} `, 0.3)}${quote(`${r.maybe(test(), 0.5)} { ${act()} }${end}`)} ${text(r)}`
}

function sed(r) {
  const address = () => r.of(['', '', '2', '$', '2,4', '/a/', '/foo/,/b/', '1~3', '2,+2', '/o/,$', '0,/a/', '3!'])
  const command = () => r.of([
    () => `${address()}s/${basic(r).replaceAll('/', '\\/')}/${r.of(['X', '[&]', '', '&&', '\\U&', '<\\n>'])}/${r.of(['', 'g', '2', 'gI', 'p'])}`, () => `${address()}d`, () => `${address()}p`, () => `${address()}=`, () => `${address()}y/abc/xyz/`,
    () => `${address()}i\\\nnew`, () => `${address()}a tail`, () => `${address()}c changed`, () => '$!N;P;D', () => 'G', () => '1!G;h;$!d', () => `${address()}q`, () => 'n;d', () => `${address()}{s/a/b/;p}`, () => `${address()}l`,
  ])()
  return `sed ${r.maybe('-n ', 0.3)}${r.maybe('-s ', 0.1)}-e ${quote(command())}${r.maybe(` -e ${quote(command())}`, 0.4)} ${r.of([text(r), 'words.txt people.txt'])}`
}

function sort(r) {
  const keys = r.some(['-k2', '-k1,1', '-k2,2n', '-k2n', '-k3r', '-k1.2,1.3', '-k2,2nr', '-k2b'], 2)
  return ['sort', ...r.some(['-n', '-r', '-u', '-f', '-b', '-d', '-h', '-g', '-s', '-V'], 2), r.maybe(`-t${r.of(['" "', ':', ','])}`, 0.3), ...keys, text(r)].filter(Boolean).join(' ')
}

function jq(r) {
  const path = () => r.of(['.id', '.name', '.n', '.tags', '.on', '.in.k', '.tags[0]', '.in', '.missing', '.tags | length', '.n * 2', '.n | floor', '.name | length', '.name | ascii_upcase', '.tags | join("-")', '.in | keys', '[.id, .n]', '{id, k: .in.k}', '.n | tostring', '.on // "none"', '.name | test("a")', '.name | split(" ")', 'to_entries | map(.key)', 'del(.in)', '.n > 10', 'if .on then 1 else 0 end', '.name | @base64', '.tags + ["w"]'])
  const whole = () => r.of(['map(.n) | add', 'map(select(.n > 10)) | length', 'sort_by(.n) | map(.id)', 'group_by(.on) | map(length)', 'map(.name) | unique', '[.[] | .tags[]?]', 'max_by(.n).id', 'first.name', '.[1:3] | map(.id)', 'map({(.name): .n}) | add', '[.[] | select(.on)] | length', 'reduce .[].n as $x (0; . + $x)', 'map(.id) | reverse', 'any(.[]; .on)', 'with_entries(.value |= .id)', 'limit(2; .[] | .id)', '[paths] | length', 'indices(1)', '.[].name |= ascii_downcase | map(.name)', 'error("no")'])
  const one = r.number(2) === 0
  return `jq ${r.some(['-c', '-r', '-S', '-j', '-e'], 2).join(' ')} ${quote(one ? path() : whole())} ${one ? 'data.json' : 'list.json'}`
}

function bash(r) {
  const word = () => r.of(['a', 'abc', 'x y', '', '10', '*', 'f*', '$HOME', '~', 'a{1,2}b', 'é'])
  const expansion = () => r.of(['${v}', '"${v}"', '${v:-d}', '${v#a}', '${v##*b}', '${v%c}', '${v/b/X}', '${v//[a-b]/_}', '${v:1}', '${v:1:2}', '${#v}', '${v^^}', '${v@Q}', '${u-unset}', '${v:+set}', '$((${#v} * 3))', '"${a[@]}"', '${#a[@]}', '${a[1]}', '"${a[*]}"', '${!a[@]}', '$(echo "$v" | tr a-z A-Z)'])
  const statement = () => r.of([
    () => `echo ${expansion()} ${expansion()}`, () => `printf '[%s]' ${expansion()}; echo`, () => `for i in ${word()} ${word()} {1..3}; do echo "$i"; done`, () => `[[ ${expansion()} == ${r.of(['a*', '?b*', '"abc"'])} ]]; echo $?`,
    () => `case ${expansion()} in a*) echo A;; ?) echo one;; *) echo other;; esac`, () => `echo $((${r.number(20)} ${r.of(['+', '-', '*', '/', '%', '**', '<<', '>', '&&'])} ${1 + r.number(5)}))`, () => `f() { local x=$1; return ${r.number(4)}; }; f 1; echo $? $x`,
    () => `while read -r p q; do echo "$q:$p"; done < people.txt`, () => `set -- ${word()} b c; shift; echo $# "$@"`, () => `(exit ${r.number(5)}) || echo failed $?`, () => `echo ${word()} | { read l; echo "<$l>"; }`, () => `printf '%5.1f|%-5s|%03d|%x\\n' ${r.number(100)} ${quote(r.of(WORDS))} ${r.number(50)} ${r.number(300)}`,
    () => `trap 'echo bye' EXIT; echo ${word()}`, () => `echo {a..e..2} {03..1}`, () => `nosuch${r.number(9)}; echo $?`, () => `mapfile -t m < numbers.txt; echo \${#m[@]} "\${m[2]}"`, () => `IFS=${r.of([':', ',', '-'])}; t=a:b,c-d; echo $t`, () => `echo $'t\\tq' "$(<people.txt)" | head -3`,
  ])()
  return `v=${r.of(['abc', 'aXbc', '"a b c"', 'cab'])}; a=(one "two three" 4); ${statement()}; ${statement()}`
}

export default { bash, grep, awk, sed, sort, jq }
