'use client'
import { useLayoutEffect, useRef } from 'react'
import { useClient, useLab } from './lab-context'
import { toTerminal } from './to-terminal'

/** Of the speed's powers of two: from a quarter up to 64 times as fast. */
const SLOWEST = -2
const FASTEST = 6

/** While a session is lived again: how far it is, and how fast it goes. */
export default function ReplayBar() {
  const { client } = useLab()
  const replayed = useClient(client, (c) => c.replayed, client.replayed)
  const pace = useClient(client, (c) => c.pace, 1)
  const speed = typeof pace === 'number' && pace > 0 ? pace : 1
  const bar = useRef<HTMLElement>(null)
  useLayoutEffect(() => {
    const { current } = bar
    return () => void (current?.contains(document.activeElement) && toTerminal())
  }, [])
  return (
    <section ref={bar} aria-label="Replay" className="label flex flex-wrap items-center gap-1 border-b border-screen-rule bg-pause px-3 py-1 text-[#1b1600] [--focus:#1b1600]">
      <span>
        Replay, {replayed.done} of {replayed.of}
      </span>
      <progress className="mx-2 h-1.5 min-w-16 flex-1 accent-[#1b1600]" value={replayed.done} max={replayed.of} aria-label="Replayed" />
      <input type="range" aria-label="Speed" aria-valuetext={`${speed}×`} min={SLOWEST} max={FASTEST} step={0.5} value={Math.log2(speed)} onChange={(e) => client.setPace(Math.round(100 * 2 ** Number(e.target.value)) / 100)} className="w-24 accent-[#1b1600]" />
      <span className="w-[6ch]">{speed}×</span>
      {[0, 1, 4, 16].map((p) => (
        <button key={p} type="button" className="tool" aria-pressed={pace === p} onClick={() => client.setPace(p)}>
          {p === 0 ? 'Hold' : `${p}×`}
        </button>
      ))}
      <button type="button" className="tool" onClick={() => client.setPace('at once')}>
        To its end
      </button>
    </section>
  )
}
