import { systemFile } from '../entry'

const CHARACTER = ['  1 mem', '  4 /dev/vc/0', '  4 tty', '  5 /dev/tty', '  5 /dev/console', '  5 /dev/ptmx', ' 10 misc', '128 ptm', '136 pts', '229 hvc']
const BLOCK = ['  7 loop', '254 virtblk', '259 blkext']

export default systemFile(() => `Character devices:\n${CHARACTER.join('\n')}\n\nBlock devices:\n${BLOCK.join('\n')}\n`)
