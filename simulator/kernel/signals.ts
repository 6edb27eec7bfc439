/** Signals of Linux x86-64 (signal(7)): numbers, default actions, and the texts of strsignal(3). */
export type DefaultAction = 'terminate' | 'core' | 'ignore' | 'stop' | 'continue'

const TABLE = {
  SIGHUP: [1, 'terminate', 'Hangup'],
  SIGINT: [2, 'terminate', 'Interrupt'],
  SIGQUIT: [3, 'core', 'Quit'],
  SIGILL: [4, 'core', 'Illegal instruction'],
  SIGTRAP: [5, 'core', 'Trace/breakpoint trap'],
  SIGABRT: [6, 'core', 'Aborted'],
  SIGBUS: [7, 'core', 'Bus error'],
  SIGFPE: [8, 'core', 'Floating point exception'],
  SIGKILL: [9, 'terminate', 'Killed'],
  SIGUSR1: [10, 'terminate', 'User defined signal 1'],
  SIGSEGV: [11, 'core', 'Segmentation fault'],
  SIGUSR2: [12, 'terminate', 'User defined signal 2'],
  SIGPIPE: [13, 'terminate', 'Broken pipe'],
  SIGALRM: [14, 'terminate', 'Alarm clock'],
  SIGTERM: [15, 'terminate', 'Terminated'],
  SIGSTKFLT: [16, 'terminate', 'Stack fault'],
  SIGCHLD: [17, 'ignore', 'Child exited'],
  SIGCONT: [18, 'continue', 'Continued'],
  SIGSTOP: [19, 'stop', 'Stopped (signal)'],
  SIGTSTP: [20, 'stop', 'Stopped'],
  SIGTTIN: [21, 'stop', 'Stopped (tty input)'],
  SIGTTOU: [22, 'stop', 'Stopped (tty output)'],
  SIGURG: [23, 'ignore', 'Urgent I/O condition'],
  SIGXCPU: [24, 'core', 'CPU time limit exceeded'],
  SIGXFSZ: [25, 'core', 'File size limit exceeded'],
  SIGVTALRM: [26, 'terminate', 'Virtual timer expired'],
  SIGPROF: [27, 'terminate', 'Profiling timer expired'],
  SIGWINCH: [28, 'ignore', 'Window changed'],
  SIGIO: [29, 'terminate', 'I/O possible'],
  SIGPWR: [30, 'terminate', 'Power failure'],
  SIGSYS: [31, 'core', 'Bad system call'],
} as const

export type SignalName = keyof typeof TABLE

/** The number of a named signal: `SIG.SIGTERM === 15`. */
export const SIG = Object.fromEntries(Object.entries(TABLE).map(([k, v]) => [k, v[0]])) as { readonly [K in SignalName]: (typeof TABLE)[K][0] }

const BY_NUMBER = new Map(Object.entries(TABLE).map(([name, [number, action, text]]) => [number as number, { name, action: action as DefaultAction, text }]))

/** The default action of a signal; real-time signals terminate. */
export const defaultAction = (signo: number): DefaultAction => BY_NUMBER.get(signo)?.action ?? 'terminate'

/** `TERM` for 15; real-time signals as bash and procps name them (`RTMIN+3`); undefined when there is no such signal. */
export function signalName(signo: number): string | undefined {
  const known = BY_NUMBER.get(signo)
  if (known) return known.name.slice(3)
  if (signo < 34 || signo > 64) return undefined
  if (signo === 34) return 'RTMIN'
  if (signo === 64) return 'RTMAX'
  return signo <= 49 ? `RTMIN+${signo - 34}` : `RTMAX-${64 - signo}`
}

/** The number for `TERM`, `SIGTERM`, `term`, `15`, `RTMIN+3`; undefined when it names none. */
export function signalNumber(name: string): number | undefined {
  if (/^\d+$/.test(name)) return Number(name) <= 64 ? Number(name) : undefined
  const bare = name.toUpperCase().replace(/^SIG/, '')
  for (let n = 1; n <= 64; n++) if (signalName(n) === bare) return n
  return { CLD: 17, POLL: 29, IOT: 6, UNUSED: 31 }[bare]
}

/** strsignal(3). */
export const signalText = (signo: number): string => BY_NUMBER.get(signo)?.text ?? `Real-time signal ${signo - 34}`
