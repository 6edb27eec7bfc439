'use client'
import dynamic from 'next/dynamic'
import { useCallback, useEffect, useRef, useState } from 'react'
import type { ScenarioPlace } from '../../lib/lab/protocol'
import { fromFragment, PREFIX } from '../../lib/lab/share'
import { LabContext } from './lab/lab-context'
import { terminalPane } from './lab/pane'
import { useLabSession } from './lab/use-lab-session'
import SessionBar from './lesson/session-bar'
import Split from './split'

const TerminalPane = dynamic(terminalPane, { ssr: false, loading: () => <div className="flex-1 bg-screen" /> })
const PicturePane = dynamic(() => import('./picture/picture-pane'), { ssr: false })

export interface Choice extends ScenarioPlace {
  readonly title: string
  readonly summary: string
}

/** The playground: any scenario, terminals left, the picture right, no lesson. */
export function Bench({ choices }: { choices: readonly Choice[] }) {
  const [name, setName] = useState(choices[0]?.name ?? '')
  const [settled, setSettled] = useState(false)
  const choice = choices.find((c) => c.name === name) ?? choices[0]
  useEffect(() => {
    const look = async () => {
      // A link says which scenario it belongs to.
      const session = location.hash.startsWith(PREFIX) ? await fromFragment(location.hash) : undefined
      if (session && choices.some((c) => c.name === session.scenario)) setName(session.scenario)
      setSettled(true)
    }
    void look()
  }, [choices])
  if (!choice) return null
  return <Room key={choice.name} ready={settled} choice={choice} choices={choices} onChoose={setName} />
}

function Room({ ready, choice, choices, onChoose }: { ready: boolean; choice: Choice; choices: readonly Choice[]; onChoose: (name: string) => void }) {
  const lab = useLabSession({ scenario: choice, plan: null, first: null })
  const { open } = lab
  const box = useRef<HTMLDivElement>(null)
  const [pane, setPane] = useState<'terminal' | 'picture'>('terminal')
  const begin = useCallback(() => void open(null), [open])
  useEffect(() => {
    // A link that carries a session begins it itself.
    if (ready && !location.hash.startsWith(PREFIX)) begin()
  }, [ready, begin])
  return (
    <LabContext value={lab}>
      <main id="main" className="flex min-h-0 flex-1 flex-col">
        <div className="flex items-center gap-x-4 border-b border-rule px-4 py-2 max-sm:gap-x-2">
          <h1 className="text-xl font-semibold max-sm:sr-only">Playground</h1>
          <select aria-label="Scenario" value={choice.name} onChange={(e) => onChoose(e.target.value)} className="tool min-w-0 shrink border border-rule bg-sheet max-sm:flex-1">
            {choices.map((c) => (
              <option key={c.name} value={c.name}>
                {c.title}
              </option>
            ))}
          </select>
          <p className="min-w-0 flex-1 truncate text-faint max-md:hidden" title={choice.summary}>{choice.summary}</p>
          <button type="button" className="button shrink-0" onClick={begin}>
            Start anew
          </button>
        </div>
        {ready && <SessionBar place={`playground:${choice.name}`} onAnew={begin} />}
        <nav aria-label="Parts" className="flex border-b border-rule bg-sheet lg:hidden">
          {(['terminal', 'picture'] as const).map((id) => (
            <button key={id} type="button" aria-pressed={pane === id} onClick={() => setPane(id)} className={`label flex-1 border-b-3 py-2.5 capitalize ${pane === id ? 'border-pause font-semibold' : 'border-transparent text-faint'}`}>
              {id}
            </button>
          ))}
        </nav>
        <div ref={box} className="flex min-h-0 flex-1 flex-col lg:grid lg:grid-cols-[minmax(0,var(--bench,54%))_7px_minmax(0,1fr)]">
          <section aria-label="Terminal" className={`${pane === 'terminal' ? 'flex' : 'hidden'} min-h-0 min-w-0 flex-1 flex-col lg:flex`}>
            <TerminalPane />
          </section>
          <Split name="bench" axis="x" label="Width of the terminal" box={box} start={54} className="hidden lg:grid" />
          <section aria-label="Picture of the node" className={`${pane === 'picture' ? 'flex' : 'hidden'} min-h-0 min-w-0 flex-1 flex-col bg-sheet lg:flex`}>
            <PicturePane />
          </section>
        </div>
      </main>
    </LabContext>
  )
}
