/** `umask` (bash(1), SHELL BUILTIN COMMANDS). */
import type { Builtin } from '../builtins'

function symbolic(mask: number): string {
  const allowed = ~mask & 0o777
  return ['u', 'g', 'o'].map((who, i) => `${who}=${['r', 'w', 'x'].filter((_, bit) => allowed & (1 << (8 - i * 3 - bit))).join('')}`).join(',')
}

const badCharacter = (text: string): string => text.replace(/^[ugoa]*/, '').replace(/^[-+=][rwxXst]*/, '')[0] ?? ''

export default {
  name: 'umask',
  writes: true,
  *run(shell, { args }) {
    const [, first, second] = args
    const wanted = first === '-S' || first === '-p' ? second : first
    if (wanted === undefined) {
      const mask = shell.sys.umask()
      yield* shell.write(1, first === '-S' ? `${symbolic(mask)}\n` : `${first === '-p' ? 'umask ' : ''}${mask.toString(8).padStart(4, '0')}\n`)
      return 0
    }
    if (/^[0-7]{1,4}$/.test(wanted)) shell.sys.umask(Number.parseInt(wanted, 8))
    else if (/^[ugoa]*[-+=][rwx]*(,[ugoa]*[-+=][rwx]*)*$/.test(wanted)) {
      let allowed = ~shell.sys.umask() & 0o777
      for (const clause of wanted.split(',')) {
        const [, who = '', sign = '=', letters = ''] = /^([ugoa]*)([-+=])([rwx]*)$/.exec(clause) ?? []
        const bits = (letters.includes('r') ? 4 : 0) | (letters.includes('w') ? 2 : 0) | (letters.includes('x') ? 1 : 0)
        for (const [i, c] of ['u', 'g', 'o'].entries()) {
          if (who !== '' && !who.includes('a') && !who.includes(c)) continue
          const shift = 6 - i * 3
          if (sign === '=') allowed = (allowed & ~(7 << shift)) | (bits << shift)
          else if (sign === '+') allowed |= bits << shift
          else allowed &= ~(bits << shift)
        }
      }
      shell.sys.umask(~allowed & 0o777)
    } else {
      yield* shell.error(/^\d+$/.test(wanted) ? `umask: ${wanted}: octal number out of range` : `umask: \`${badCharacter(wanted)}': invalid symbolic mode ${/^[ugoa]*[-+=]/.test(wanted) ? 'character' : 'operator'}`)
      return 1
    }
    return 0
  },
} satisfies Builtin
