'use client'
import dynamic from 'next/dynamic'
import { type ReactNode, useCallback, useEffect, useRef, useState } from 'react'
import { besideTheText } from '../../../lib/lab/early'
import type { ScenarioPlace } from '../../../lib/lab/protocol'
import { firstSection, type LessonPlan } from '../../../lib/lessons/model'
import { LabContext, useClient } from '../lab/lab-context'
import { terminalPane } from '../lab/pane'
import { useLabSession } from '../lab/use-lab-session'
import { useProgress } from '../progress'

const TerminalPane = dynamic(terminalPane, { ssr: false, loading: () => <div className="flex-1" /> })
const PicturePane = dynamic(() => import('../picture/picture-pane'), { ssr: false })
const Split = dynamic(() => import('../split'), { ssr: false, loading: () => <div className="split hidden lg:grid" /> })
const Outline = dynamic(() => import('./outline'), { ssr: false, loading: () => <div className="h-11 w-full shrink-0 border-rule max-sm:border-b sm:h-auto sm:w-9 sm:border-e" /> })
const StorageNote = dynamic(() => import('../shell/storage-note'), { ssr: false })
const SessionBar = dynamic(() => import('./session-bar'), { ssr: false })

// Fetched while the page is still being made alive.
if (typeof window !== 'undefined' && window.earlyLab) void terminalPane()

type Pane = 'lesson' | 'terminal' | 'picture'
const PANES: readonly { readonly id: Pane; readonly label: string }[] = [
  { id: 'lesson', label: 'Lesson' },
  { id: 'terminal', label: 'Terminal' },
  { id: 'picture', label: 'Picture' },
]

const NOTHING = { __html: '' }
/** What can wait until the page has settled, ms. */
const LATE_MS = 1500

/** Lesson left, terminal and picture right, with borders that can be moved; on a phone one of them at a time. Focus leaves lesson and terminal. */
export function Workbench({ scenario, plan, header, children }: { scenario: ScenarioPlace; plan: LessonPlan; header: ReactNode; children: ReactNode }) {
  const first = firstSection(plan)
  const [pane, setPane] = useState<Pane>('lesson')
  const [focus, setFocus] = useState(false)
  const toTerminal = useCallback(() => setPane((p) => (p === 'lesson' ? 'terminal' : p)), [])
  const lab = useLabSession({ scenario, plan, first, onType: toTerminal })
  const { client, open } = lab
  const { kept } = useProgress()
  const columns = useRef<HTMLElement>(null)
  const rows = useRef<HTMLDivElement>(null)
  const [ready, setReady] = useState(false)
  const drawn = useClient(client, (c) => c.picture !== null, false)
  const [late, setLate] = useState(false)
  useEffect(() => {
    const timer = setTimeout(() => setLate(true), location.hash.startsWith('#session=') ? 0 : LATE_MS)
    return () => clearTimeout(timer)
  }, [])
  useEffect(() => {
    // The text first. Where the terminal is beside it, it follows at once; on a phone it waits for its tab, or for a command.
    if (pane === 'lesson' && !besideTheText()) return
    setReady(true)
  }, [pane])
  useEffect(() => {
    // A link that carries a session begins it itself.
    if (ready && client.state === 'off' && !location.hash.startsWith('#session=')) void open(first)
  }, [ready, client, open, first])
  const begin = useCallback(() => void open(first), [open, first])
  const visible = (id: Pane) => (pane === id ? 'flex' : 'hidden')
  return (
    <LabContext value={lab}>
      <div className="bench flex h-dvh flex-col">
        {!focus && header}
        <nav aria-label="Parts" className="flex border-b border-rule bg-sheet lg:hidden">
          {PANES.map(({ id, label }) => (
            <button key={id} type="button" aria-pressed={pane === id} onClick={() => setPane(id)} className={`label flex-1 border-b-3 py-2.5 ${pane === id ? 'border-pause font-semibold' : 'border-transparent text-faint'}`}>
              {label}
            </button>
          ))}
        </nav>
        <main ref={columns} className="flex min-h-0 flex-1 flex-col lg:grid lg:grid-cols-[minmax(0,var(--lesson,46%))_7px_minmax(0,1fr)]">
          <div className={`${visible('lesson')} relative min-h-0 flex-1 max-sm:flex-col lg:flex`}>
            <Outline plan={plan} />
            {/* biome-ignore lint/a11y/noNoninteractiveTabindex: it must be scrollable by keyboard, and the way past the header leads here */}
            <section id="main" tabIndex={0} aria-label="Lesson" className="scrolls @container relative min-w-0 flex-1 overflow-y-auto" data-lesson-scroll="">
              {kept !== 'yes' && <StorageNote kept={kept} />}
              {late && <SessionBar place={plan.slug} lesson={plan.slug} onAnew={begin} />}
              {children}
            </section>
            {/* At the foot of the outline: over the text it would lie on what is read. */}
            <button type="button" aria-label={focus ? 'Show all' : 'Focus'} onClick={() => setFocus(!focus)} title={focus ? 'Show everything again' : 'Hide all but lesson and terminal'} className="tool absolute start-0.5 bottom-1.5 z-10 hidden min-h-8 min-w-8 px-0 text-faint lg:inline-flex">
              <svg width="16" height="16" viewBox="0 0 16 16" fill="none" stroke="currentColor" strokeWidth="1.5" aria-hidden="true">
                <path d={focus ? 'M6 1v5H1M10 1v5h5M6 15v-5H1M10 15v-5h5' : 'M1 6V1h5M15 6V1h-5M1 10v5h5M15 10v5h-5'} />
              </svg>
            </button>
          </div>
          <Split name="lesson" axis="x" label="Width of the lesson" box={columns} start={46} className="hidden lg:grid" />
          <div ref={rows} className={`${pane === 'lesson' ? 'hidden' : 'flex'} min-h-0 min-w-0 flex-1 flex-col lg:grid lg:grid-cols-[minmax(0,1fr)] ${focus ? 'lg:grid-rows-[minmax(0,1fr)]' : 'lg:grid-rows-[minmax(0,var(--terminal,55%))_7px_minmax(0,1fr)]'}`}>
            <section aria-label="Terminal" className={`${visible('terminal')} min-h-0 relative flex-1 flex-col bg-screen lg:flex`}>
              {/* Where the first prompt is shown before the page lives (lab/screen.ts), between the bars that the pane will have; React leaves it alone. */}
              {/* biome-ignore lint/security/noDangerouslySetInnerHtml: it is empty */}
              <div data-first-screen="" dangerouslySetInnerHTML={NOTHING} className="absolute inset-x-0 top-9 bottom-7 overflow-hidden py-2 ps-3 pe-1" />
              {ready ? <TerminalPane /> : <div className="flex-1" />}
            </section>
            {!focus && <Split name="terminal" axis="y" label="Height of the terminal" box={rows} start={55} className="hidden lg:grid" />}
            {!focus && (
              <section aria-label="Picture of the node" className={`${visible('picture')} min-h-0 flex-1 flex-col bg-sheet lg:flex`}>
                {drawn && <PicturePane />}
              </section>
            )}
          </div>
        </main>
      </div>
    </LabContext>
  )
}
