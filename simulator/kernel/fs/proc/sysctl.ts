/** Files of /proc/sys that hold one value: shared by all, or kept where the reader's namespace keeps it. */
import type { Kernel } from '../../kernel'
import { Errno } from '../../errno'
import { line, type Look, systemFile } from './entry'

const VALUES = new WeakMap<Kernel, Map<object, string>>()

function valuesOf(kernel: Kernel): Map<object, string> {
  let found = VALUES.get(kernel)
  if (!found) {
    found = new Map()
    VALUES.set(kernel, found)
  }
  return found
}

/** A value of the whole machine that root may change. */
export function setting(initial: string | number) {
  const key = {}
  return systemFile(({ kernel }) => line(valuesOf(kernel).get(key) ?? initial), {
    mode: 0o644,
    write: (text, { kernel }) => valuesOf(kernel).set(key, text.trimEnd()),
  })
}

export const fixed = (value: string | number) => systemFile(() => line(value))

/** A number that lives in the state itself. */
export const numeric = (read: (look: Look) => number, write: (value: number, look: Look) => void) =>
  systemFile((look) => line(read(look)), {
    mode: 0o644,
    write: (text, look) => {
      if (!/^-?\d+\n?$/.test(text)) throw new Errno('EINVAL')
      write(Number(text), look)
    },
  })
