// coreutils that compute, or that tell of the machine and start programs.
import { lines } from '../chance.mjs'

const pools = {
  odd: ['-Q', '--nosuch', '--help | head -2', '--version | head -1', '--help x | head -2', 'extra', ''],
  number: ['0', '1', '-1', '42', '3.14', '1e3', '0x1f', '1e-5', '-0.5', '12345678', 'x', "''", '1x', '077', "\"'a\"", '2.5', '0.125', '1e100', 'inf', 'nan', '99999999999999999999', '-7', '1e15', '123456789.987654321', '0.1', '5e-324', '.5', '+3', "' 4'"],
  conversion: ['d', 'i', 'u', 'o', 'x', 'X', 'f', 'e', 'E', 'g', 'G', 'a', 'A', 's', 'c', 'b', 'q', 'F'],
  flags: ['', '', '', '5', '-5', '05', '+', ' ', '#', '.2', '10.3', '-10.3', '+.0', '08.2', '#.3', '*', '.*', '.0', '.', "'", '20.10'],
}
const make = (...templates) => lines(templates, pools)
const PRINTF = "'%⟨:flags⟩⟨:conversion⟩⟨\\n¦|\\n⟩' ⟨:number⟩ ⟨¦⟨:number⟩⟩"

export default {
  printf: make(`printf ${PRINTF}`, `env printf ${PRINTF}`, "⟨printf¦env printf⟩ '⟨\\x41\\n¦\\101\\0101\\n¦a\\cb¦%%\\n¦\\u00e9\\n¦\\e[0m¦\\q\\n¦%¦%z\\n¦%s %s\\n¦%d %s|¦%b\\n¦%5%\\n¦%-5s|%5s|\\n¦\\xZ¦\\U1F600\\n¦%(%Y)T\\n¦%.3s|\\n¦%c%c\\n¦%ld\\n¦%s⟩' ⟨a¦a b¦a b c¦'x\\ty' 'z\\0101'¦'a\\cb' c¦¦-1 0¦é⟩", '⟨printf¦env printf⟩ ⟨¦--help | head -2¦--version | head -1¦--¦-- -x¦-x¦--x⟩'),
  seq: make('seq ⟨*-w¦-s ⟨,¦""¦" "¦ab⟩¦-f ⟨%g¦%03g¦%.2f¦%e¦%5.1f¦%d¦%¦x%gy¦%g%g¦%%%g¦%a¦%s⟩⟩ ⟨:number⟩ ⟨¦⟨:number⟩ ⟨5¦10¦⟨:number⟩⟩⟩ | head -5', 'seq ⟨1 0.5 3¦3 -1 1¦1 0 3¦-5¦0.1 0.1 0.5¦1 2 9¦-w 8 11¦-w -1 1¦-w 1 .5 3¦10 1¦1e1¦0x5¦1 3 2 4¦1.0 3¦-s, 1 3¦-f %.1f 1 3¦x¦1 x¦1 1 x¦nan¦1 nan 2¦-w 0.1 0.01 0.12¦1 inf | head -2¦99998 100001¦-t¦5 -2 -3¦-- -3 -1¦-w 1e1 1e2 | head -2⟩', 'seq ⟨:odd⟩'),
  factor: make('factor ⟨*-h¦--exponents⟩ ⟨12¦1¦0¦97 98¦x¦-3¦18446744073709551615¦18446744073709551616¦""¦1000000007¦+5¦600851475143¦" 6"¦1.5¦340282366920938463463374607431768211457⟩', "printf '⟨4 6\\n9¦x\\n8\\n¦⟩' | factor", 'factor ⟨:odd⟩ </dev/null'),
  expr: make("expr ⟨⟨:number⟩ ⟨+¦-¦'*'¦/¦%¦'<'¦'<='¦=¦!=¦'>'¦'|'¦'&'¦:⟩ ⟨:number⟩¦length ⟨abc¦é¦''⟩¦substr abcdef ⟨2 3¦0 1¦1 99¦x 1¦2 -1⟩¦index abcdef ⟨c¦xe¦z⟩¦match abc 'a.'¦abc : ⟨'a\\(.\\)'¦x¦'.*'¦'\\('¦'a\\(x\\)*'¦'[a'⟩¦'(' 1 + 2 ')' '*' 3¦1 +¦'(' 1¦1 2¦+ length¦length¦''¦0¦a '|' b¦'' '|' 0¦1 '&' 0¦1 / 0¦5 % 0¦x + 1¦99999999999999999999 '*' 9¦)⟩; echo $?", 'expr ⟨:odd⟩'),
  env: make("env ⟨*-i¦-u HOME¦A=1¦-C ⟨tree¦nofile⟩¦-v¦--unset=⟨PATH¦a=b⟩¦-0¦-S ⟨'A=1 printenv A'¦'echo a  \"b c\"'¦'echo $HOME'¦'echo ${HOME}'¦'\"'¦'echo \\c x'⟩¦--block-signal=INT¦--default-signal=X⟩ ⟨sh -c 'echo $A $HOME'¦nosuch¦pwd¦printenv A¦/tmp¦true⟩", 'env -i A=1 B=2 ⟨*-0¦-u A⟩', 'env ⟨:odd⟩ | head -1', 'printenv ⟨HOME¦NOSUCH¦HOME LANG¦-0 HOME¦HOME NOSUCH¦=¦A=B⟩; echo $?', 'printenv ⟨-Q¦--nosuch⟩'),
  nice: make('nice ⟨¦-n ⟨5¦-5¦x¦100¦0¦""⟩⟩ ⟨nice¦nosuch¦true¦/tmp¦⟩; echo $?', 'nice -⟨5¦-5¦x¦+3⟩ nice', 'nice ⟨:odd⟩'),
  nohup: make('nohup ⟨echo a¦nosuch¦false¦/tmp¦⟩; echo $?; cat nohup.out', 'nohup ⟨:odd⟩'),
  timeout: make('timeout ⟨*-s ⟨KILL¦9¦x¦INT⟩¦-k ⟨1¦x⟩¦-v¦--preserve-status¦--foreground⟩ ⟨0.1¦1¦0¦x¦0.1s¦5m¦1x¦-1¦.1⟩ ⟨sleep 0.3¦true¦false¦nosuch¦/tmp¦¦sh -c "exit 7"⟩; echo $?', 'timeout ⟨:odd⟩'),
  stdbuf: make('stdbuf ⟨-oL¦-o0¦-eL¦-iL¦-i0¦-o x¦-o 1K¦-o¦⟩ ⟨echo a¦nosuch¦⟩; echo $?', 'stdbuf ⟨:odd⟩'),
  id: make('id ⟨*-u¦-g¦-G¦-n¦-r¦-z¦-Z¦-a⟩ ⟨root¦daemon¦nosuch¦¦0¦root daemon¦+1⟩', 'id ⟨:odd⟩', 'groups ⟨root¦daemon¦nosuch¦¦root nosuch⟩', 'groups ⟨:odd⟩'),
  uname: make('uname ⟨*-s¦-o¦-m⟩', 'uname ⟨-s¦-o¦-m¦-p¦-i¦-so¦-sm¦-Q¦x¦--nosuch¦--help | head -3¦-io⟩', 'arch ⟨¦x¦-x¦--help | head -1⟩'),
  who: make('⟨who¦users¦logname¦hostid¦tty¦whoami⟩ ⟨-Q¦--nosuch¦--help | head -4¦--version | head -1⟩', '⟨logname¦tty¦whoami¦hostid⟩ ⟨x¦a b⟩', 'tty ⟨-s¦⟩; echo $?', 'who ⟨nofile¦a b c¦empty¦-H empty¦-q empty⟩', 'users ⟨empty¦nofile¦a b⟩'),
  nproc: make('nproc ⟨--ignore=x¦--ignore=99¦-Q¦x¦--nosuch¦--help | head -2⟩', 'OMP_NUM_THREADS=⟨1¦x¦0⟩ nproc --ignore=1'),
  yes: make('yes ⟨¦a¦a b¦-- -x¦""⟩ | head -2', 'yes ⟨-Q¦--nosuch¦--help | head -2¦--version | head -1⟩'),
  pwd: make('⟨pwd¦env pwd⟩ ⟨*-L¦-P⟩ ⟨¦x¦-Q¦--nosuch¦--help | head -2⟩', 'mkdir d; ln -s d l; cd l; ⟨pwd¦env pwd¦pwd -P¦env pwd -L¦env pwd -P⟩ | sed "s/.*work/W/"'),
  sleep: make('sleep ⟨0¦0.01¦0.01 0.01¦x¦-1¦1x¦¦0s¦0m 0h¦""¦.01s¦1e-2¦inf x¦-Q¦--nosuch⟩; echo $?'),
  true: make('env ⟨true¦false⟩ ⟨¦x¦--help | head -3¦--version | head -1¦--nosuch¦-x¦--help x⟩; echo $?'),
  echo: make("⟨echo¦env echo⟩ ⟨*-n¦-e¦-E¦-ne¦-x¦--⟩ ⟨a¦'a\\tb'¦'a\\cb'¦'\\x41\\0101\\101'¦'\\e[0m'¦'a  b'¦''¦'\\u00e9'¦'\\q\\\\'⟩", 'env echo ⟨--help | head -2¦--version | head -1¦--help x⟩'),
  dircolors: make('dircolors ⟨*-b¦-c¦-p¦--print-ls-colors⟩ | head -⟨1¦3¦40⟩', 'echo "⟨DIR 01;34¦.txt 31¦FOO 1¦DIR¦TERM xterm*¦OTHER 1 # c¦*.c 3⟩" | dircolors ⟨-b¦-c⟩ -', 'dircolors ⟨nofile¦a b¦-p x¦-Q¦--nosuch¦-b -p⟩', 'SHELL=⟨/bin/sh¦/bin/csh¦""¦x⟩ dircolors | head -c 30'),
  stty: make('stty ⟨¦-a¦-g¦raw¦x¦-Q¦--nosuch¦-F nofile¦-F ten¦size¦-a -g⟩'),
  help: make('⟨ls¦cat¦cp¦mv¦ln¦mkdir¦rmdir¦touch¦chmod¦chown¦cut¦tr¦join¦comm¦split¦csplit¦expr¦tee¦timeout¦nice¦env¦stat¦readlink¦realpath¦basename¦dirname¦mktemp¦truncate¦install¦link¦unlink¦mkfifo¦mknod¦chroot¦nohup¦stdbuf¦numfmt¦seq¦factor¦shuf¦sort¦uniq¦paste¦nl¦fold¦expand¦od¦base64¦md5sum¦sum¦date¦du¦df¦id¦who¦tsort¦pathchk¦printenv¦sync⟩ ⟨--help¦--version¦--nosuch¦-@¦--hel¦--versio¦--help=x⟩'),
  chroot: make('chroot ⟨¦nodir¦/ true¦--userspec=nosuch / true¦--userspec=daemon / id -un¦--groups=1,2 / id -G¦--skip-chdir tree true¦/ nosuch¦ten true¦--userspec=1:1 / id -u¦-Q⟩; echo $?'),
}
