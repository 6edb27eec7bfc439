'use client'
import type { ReactNode } from 'react'

const KEYS = [
  { label: 'Esc', keys: '\x1b', name: 'Escape' },
  { label: 'Tab', keys: '\t', name: 'Tab' },
] as const
const MORE = [
  { label: '^C', keys: '\x03', name: 'Control C' },
  { label: '←', keys: '\x1b[D', name: 'Left' },
  { label: '↓', keys: '\x1b[B', name: 'Down' },
  { label: '↑', keys: '\x1b[A', name: 'Up' },
  { label: '→', keys: '\x1b[C', name: 'Right' },
  { label: '|', keys: '|', name: 'Pipe' },
  { label: '/', keys: '/', name: 'Slash' },
  { label: '-', keys: '-', name: 'Minus' },
] as const

/** Keys that a soft keyboard lacks. They leave the focus where it is, so that the keyboard stays. */
export default function KeyBar({ ctrl, onCtrl, onKey }: { ctrl: boolean; onCtrl: () => void; onKey: (keys: string) => void }) {
  return (
    <div role="toolbar" aria-label="Keys" className="hidden overflow-x-auto border-t border-screen-rule bg-screen-2 pointer-coarse:flex">
      {KEYS.map((k) => (
        <Key key={k.label} name={k.name} onPress={() => onKey(k.keys)}>
          {k.label}
        </Key>
      ))}
      <Key name="Control, for the next key" pressed={ctrl} onPress={onCtrl}>
        Ctrl
      </Key>
      {MORE.map((k) => (
        <Key key={k.label} name={k.name} onPress={() => onKey(k.keys)}>
          {k.label}
        </Key>
      ))}
    </div>
  )
}

function Key({ name, pressed, onPress, children }: { name: string; pressed?: boolean; onPress: () => void; children: ReactNode }) {
  return (
    <button type="button" aria-label={name} aria-pressed={pressed} onPointerDown={(e) => e.preventDefault()} onClick={onPress} className={`min-h-11 min-w-11 flex-1 font-mono text-sm text-glow ${pressed ? 'bg-pause text-[#1b1600]' : ''}`}>
      {children}
    </button>
  )
}
