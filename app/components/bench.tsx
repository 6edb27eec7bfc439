'use client'
import dynamic from 'next/dynamic'
import { useEffect, useRef, useState } from 'react'
import type { ScenarioPlace } from '../../lib/lab/protocol'
import { fromFragment, PREFIX } from '../../lib/lab/share'
import { LabContext } from './lab/lab-context'
import { useLabSession } from './lab/use-lab-session'
import Split from './split'

const TerminalPane = dynamic(() => import('./lab/terminal-pane'), { ssr: false, loading: () => <div className="flex-1 bg-screen" /> })
const PicturePane = dynamic(() => import('./picture/picture-pane'), { ssr: false })

export interface Choice extends ScenarioPlace {
  readonly title: string
  readonly summary: string
}

/** The playground: any scenario, terminals left, the picture right, no lesson. */
export function Bench({ choices }: { choices: readonly Choice[] }) {
  const [name, setName] = useState(choices[0]?.name ?? '')
  const choice = choices.find((c) => c.name === name) ?? choices[0]
  if (!choice) return null
  return <Room key={choice.name} choice={choice} choices={choices} onChoose={setName} />
}

function Room({ choice, choices, onChoose }: { choice: Choice; choices: readonly Choice[]; onChoose: (name: string) => void }) {
  const lab = useLabSession({ scenario: choice, plan: null, first: null })
  const { open, play } = lab
  const box = useRef<HTMLDivElement>(null)
  const [pane, setPane] = useState<'terminal' | 'picture'>('terminal')
  useEffect(() => {
    if (!location.hash.startsWith(PREFIX)) return void open(null)
    void fromFragment(location.hash).then((session) => {
      history.replaceState(null, '', location.pathname)
      if (!session || session.lesson) return open(null)
      if (session.scenario !== choice.name) return onChoose(session.scenario)
      play(null, session.recording, 4)
    })
  }, [open, play, choice.name, onChoose])
  return (
    <LabContext value={lab}>
      <main id="main" className="flex min-h-0 flex-1 flex-col">
        <div className="flex flex-wrap items-center gap-x-4 gap-y-1 border-b border-rule px-4 py-2">
          <h1 className="text-xl font-semibold">Playground</h1>
          <select aria-label="Scenario" value={choice.name} onChange={(e) => onChoose(e.target.value)} className="tool border border-rule bg-sheet">
            {choices.map((c) => (
              <option key={c.name} value={c.name}>
                {c.title}
              </option>
            ))}
          </select>
          <p className="min-w-0 flex-1 text-faint max-md:hidden">{choice.summary}</p>
          <button type="button" className="button" onClick={() => void open(null)}>
            Start anew
          </button>
        </div>
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
