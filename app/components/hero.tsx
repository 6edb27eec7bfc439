'use client'
import dynamic from 'next/dynamic'
import { type SyntheticEvent, useEffect, useState } from 'react'
import type { ScenarioPlace } from '../../lib/lab/protocol'
import { LabContext, useClient } from './lab/lab-context'
import { terminalPane } from './lab/pane'
import { useLabSession } from './lab/use-lab-session'

const TerminalPane = dynamic(terminalPane, { ssr: false, loading: () => <Still /> })

const TRY = ['ctr -n k8s.io c ls | grep pause', 'lsns -t net', 'ps -ef | grep pause'] as const
const SIGNS = ['pointermove', 'pointerdown', 'click', 'keydown', 'touchstart', 'scroll'] as const

/** A live terminal. It begins with the first sign of a visitor, so that the page itself is there at once. */
export function Hero({ scenario }: { scenario: ScenarioPlace }) {
  const lab = useLabSession({ scenario, plan: null, first: null })
  const [awake, setAwake] = useState(false)
  const [wanted, setWanted] = useState(false)
  const { client, open } = lab
  const state = useClient(client, (c) => c.state, 'off')
  useEffect(() => {
    const wake = () => setAwake(true)
    for (const sign of SIGNS) window.addEventListener(sign, wake, { once: true, passive: true })
    return () => {
      for (const sign of SIGNS) window.removeEventListener(sign, wake)
    }
  }, [])
  useEffect(() => {
    if (awake && client.state === 'off') void open(null)
  }, [awake, client, open])
  /** Who touches it before it lives wants to type in it. */
  const want = ({ target }: SyntheticEvent) => target instanceof Element && target.closest('[data-still]') && setWanted(true)
  return (
    <LabContext value={lab}>
      <section aria-label="A terminal on a node" className="min-w-0" data-lab={state}>
        {/* biome-ignore lint/a11y/noStaticElementInteractions: the button is inside, and goes before its click comes */}
        <div onPointerDown={want} onClick={want} onKeyDown={(e) => (e.key === 'Enter' || e.key === ' ') && want(e)} className="flex h-[22rem] flex-col overflow-hidden rounded-lg border border-screen-rule bg-screen shadow-lift sm:h-[26rem]">{awake ? <TerminalPane {...(wanted ? { focus: 'at once' } : {})} /> : <Still />}</div>
        <p className="mt-3 flex flex-wrap items-center gap-2">
          <span className="label text-faint">Try</span>
          {TRY.map((command) => (
            <button
              key={command}
              type="button"
              className="button min-h-8 px-2.5"
              onClick={() => {
                setAwake(true)
                void lab.run(null, command)
              }}
            >
              {command}
            </button>
          ))}
        </p>
      </section>
    </LabContext>
  )
}

/** What the terminal shows first, before it lives. */
function Still() {
  return (
    <button type="button" data-still="" className="flex h-full w-full cursor-text flex-col items-start px-4 py-11 text-start font-mono text-[13px] leading-[1.25] text-glow">
      <span className="sr-only">Start the terminal</span>
      <span aria-hidden="true">controlplane $ ssh node01</span>
      <span aria-hidden="true">
        node01 $ <span className="inline-block h-[1.1em] w-[0.6em] translate-y-0.5 bg-pause" />
      </span>
    </button>
  )
}
