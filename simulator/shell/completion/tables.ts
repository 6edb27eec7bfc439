/** Which command completes how: bash-completion 2.11's own list, and the completions of util-linux 2.38. */
import type { Action } from './spec'

export type Arguments =
  | 'files' | 'directories' | 'commands' | 'commands-or-directories' | 'variables' | 'assignments' | 'users' | 'groups' | 'jobs' | 'signals' | 'trap-signals'
  | 'pids' | 'process-names' | 'nothing' | Exclude<Action, 'file' | 'directory' | 'command'> | readonly string[]

export interface Rule {
  /** `help`: read from `--help`. */
  readonly options?: 'help' | readonly string[]
  readonly arguments: Arguments
  /** What comes after certain options. */
  readonly after?: Readonly<Record<string, Arguments>>
}

/** Long options from `--help`, and files. */
export const LONG_OPTION_COMMANDS: ReadonlySet<string> = new Set(
  ('a2ps awk base64 bash bc bison cat chroot colordiff cp csplit cut date df diff dir du enscript env expand fmt fold gperf grep grub head irb ld ldd less ln ls m4 ' +
  'md5sum mkdir mkfifo mknod mv netstat nl nm objcopy objdump od paste pr ptx readelf rm rmdir sed seq sha1sum sha224sum sha256sum sha384sum sha512sum shar sort split ' +
  'strip sum tac tail tee texindex touch tr uname unexpand uniq units vdir wc who').split(' '),
)
/** All options from `--help`, and files. */
export const OPTION_WORDS: ReadonlySet<string> = new Set(['curl', 'wget', 'jq', 'gzip', 'timeout', 'truncate', 'shuf', 'printenv', 'nproc', 'stat', 'sync', 'vmstat', 'free', 'pmap', 'pwdx', 'w', 'uptime', 'tload', 'slabtop'])
/** What follows is a command. */
export const PREFIX_COMMANDS: ReadonlySet<string> = new Set(['sudo', 'nohup', 'exec', 'command', 'eval', 'else', 'do', 'then', 'xargs', 'nice', 'time', 'ltrace', 'strace', 'watch', 'fakeroot', 'setsid', 'padsp', 'tsocks', 'really', 'aoss', 'vsound'])

const PROCESS_FLAGS = { '-s': 'signals', '--signal': 'signals', '-u': 'users', '--user': 'users' } as const
const NAMESPACE_TYPES = ['mnt', 'net', 'ipc', 'user', 'pid', 'uts', 'cgroup']
const HELP = { '-h': 'nothing', '--help': 'nothing', '-V': 'nothing', '--version': 'nothing' } as const

export const SPECIAL: Readonly<Record<string, Rule>> = {
  cd: { arguments: 'directories' },
  pushd: { arguments: 'directories' },
  export: { options: ['-f', '-n', '-p'], arguments: 'assignments' },
  declare: { options: ['-a', '-A', '-f', '-F', '-g', '-i', '-I', '-l', '-n', '-r', '-t', '-u', '-x'], arguments: 'assignments' },
  typeset: { options: ['-a', '-A', '-f', '-F', '-g', '-i', '-I', '-l', '-n', '-r', '-t', '-u', '-x'], arguments: 'assignments' },
  unset: { arguments: 'variables' },
  readonly: { arguments: 'variables' },
  type: { arguments: 'commands' },
  which: { arguments: 'commands' },
  man: { arguments: 'commands' },
  whatis: { arguments: 'commands' },
  builtin: { arguments: 'builtin' },
  unalias: { options: ['-a'], arguments: 'alias' },
  alias: { arguments: 'alias' },
  shopt: { arguments: 'shopt' },
  set: { arguments: 'setopt' },
  help: { arguments: 'helptopic' },
  fg: { arguments: 'jobs' },
  jobs: { arguments: 'jobs' },
  disown: { arguments: 'jobs' },
  bg: { arguments: 'stopped' },
  groups: { arguments: 'users' },
  id: { options: 'help', arguments: 'users' },
  su: { arguments: 'users' },
  passwd: { arguments: 'users' },
  finger: { arguments: 'users' },
  kill: { arguments: 'pids', after: { '-s': 'signals', '-l': 'nothing' } },
  pgrep: { options: 'help', arguments: 'process-names', after: { ...PROCESS_FLAGS, '-P': 'pids', '--parent': 'pids', '--ns': 'pids', '-F': 'files', '--pidfile': 'files' } },
  pkill: { options: 'help', arguments: 'process-names', after: { ...PROCESS_FLAGS, '-P': 'pids', '--parent': 'pids', '--ns': 'pids', '-F': 'files', '--pidfile': 'files' } },
  killall: { options: 'help', arguments: 'process-names', after: PROCESS_FLAGS },
  pidof: { options: 'help', arguments: 'process-names', after: { '-o': 'pids', '--omit-pid': 'pids', '-h': 'nothing', '-V': 'nothing' } },
  renice: { arguments: 'pids' },
  ssh: { arguments: 'hostname' },
  ping: { arguments: 'hostname' },
  lsns: {
    options: ['--json', '--list', '--noheadings', '--output', '--output-all', '--task', '--raw', '--notruncate', '--type', '--help', '--version'],
    arguments: ['mnt', 'net', 'pid', 'uts', 'ipc', 'user'], after: { ...HELP, '-t': NAMESPACE_TYPES, '--type': NAMESPACE_TYPES, '-p': 'pids', '--task': 'pids' },
  },
  nsenter: {
    options: [
      '--all', '--target', '--mount=', '--uts=', '--ipc=', '--net=', '--pid=', '--cgroup=', '--user=', '--time=', '--setuid', '--setgid', '--preserve-credentials', '--root=', '--wd=',
      '--wdns=', '--no-fork', '--help', '--version',
    ],
    arguments: 'files', after: { ...HELP, '-t': 'pids', '--target': 'pids', '-S': ['uid'], '--uid': ['uid'], '-G': ['gid'], '--gid': ['gid'] },
  },
}
