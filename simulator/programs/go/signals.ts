/** syscall.Signal's String of Go on Linux: the C library's words without a capital up to SIGTERM, then numbers. */
import { SIG, signalText } from '../../kernel/signals'

export const goSignal = (signo: number): string => (signo <= SIG.SIGTERM ? signalText(signo).toLowerCase() : `signal ${signo}`)
