import type { ReactNode } from 'react'

/** Types a command that shows something. */
export type Ask = (command: string) => void

/** A part of the picture that answers a click. For the keyboard the twin in words has the same as buttons. */
export function Asks({ command, onAsk, className = '', children }: { command: string; onAsk: Ask; className?: string; children: ReactNode }) {
  return (
    // biome-ignore lint/a11y/noStaticElementInteractions: its twin is a button, in words
    <g className={`asks ${className}`} onClick={() => onAsk(command)}>
      {children}
    </g>
  )
}
