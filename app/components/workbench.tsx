'use client'
import dynamic from 'next/dynamic'
import { type ReactNode, useCallback, useEffect, useMemo, useRef, useState } from 'react'
import type { Scenario } from '../../simulator'
import { LabClient } from '../../lib/lab/client'
import { startOf } from '../../lib/lab/start'
import type { Lesson } from '../../lib/lessons/model'
import { withSection } from '../../lib/progress/store'
import { LabContext, useLabState, usePicture } from './lab-context'
import { NodePicture } from './node-picture'
import { changeProgress, useProgress } from './progress'

const Terminal = dynamic(() => import('./terminal'), { ssr: false, loading: () => <div className="h-full bg-screen" /> })

type Pane = 'lesson' | 'terminal' | 'picture'
const PANES: readonly { readonly id: Pane; readonly label: string }[] = [
  { id: 'lesson', label: 'Lesson' },
  { id: 'terminal', label: 'Terminal' },
  { id: 'picture', label: 'Picture' },
]
/** Between two typed keys, ms. */
const KEY_MS = 8

/** Lesson left, terminal and picture right; on a phone one of them at a time. */
export function Workbench({ scenario, lesson, children }: { scenario: Scenario; lesson: Lesson; children: ReactNode }) {
  const first = lesson.sections.find((s) => s.title !== '')?.id ?? lesson.sections[0]?.id ?? ''
  const client = useMemo(() => new LabClient(scenario, process.env.NEXT_PUBLIC_BASE_PATH ?? '', startOf(lesson, first)), [scenario, lesson, first])
  const state = useLabState(client)
  const picture = usePicture(client)
  const { stored } = useProgress()
  const [section, setSection] = useState<string | null>(null)
  const [pane, setPane] = useState<Pane>('lesson')
  const typing = useRef(Promise.resolve())
  const current = useRef<string | null>(null)

  const untilOn = useCallback(
    () =>
      new Promise<void>((resolve) => {
        const done = () => client.state === 'on' || client.state === 'failed'
        if (done()) return resolve()
        const stop = client.subscribe(() => {
          if (!done()) return
          stop()
          resolve()
        })
      }),
    [client],
  )
  const open = useCallback(
    async (id: string) => {
      current.current = id
      setSection(id)
      changeProgress((p) => withSection(p, lesson.slug, id))
      client.begin(startOf(lesson, id))
      await untilOn()
    },
    [client, lesson, untilOn],
  )
  const run = useCallback(
    (id: string, command: string) => {
      typing.current = typing.current.then(async () => {
        setPane((p) => (p === 'lesson' ? 'terminal' : p))
        if (current.current !== id && lesson.sections.find((s) => s.id === id)?.checkpoint) await open(id)
        for (const key of command.replaceAll('\n', '\r')) {
          client.type(key)
          await new Promise((resolve) => setTimeout(resolve, KEY_MS))
        }
        client.type('\r')
      })
      return typing.current
    },
    [client, lesson, open],
  )
  useEffect(() => {
    void open(first)
    return () => client.close()
  }, [client, first, open])

  const access = useMemo(() => ({ client, slug: lesson.slug, section, open, run }), [client, lesson.slug, section, open, run])
  const visible = (id: Pane) => (pane === id ? 'flex' : 'hidden')
  return (
    <LabContext value={access}>
      <div className="flex h-dvh flex-col lg:grid lg:grid-cols-[minmax(0,1fr)_minmax(0,1.15fr)]">
        <nav aria-label="Parts" className="flex border-b border-rule bg-sheet lg:hidden">
          {PANES.map(({ id, label }) => (
            <button key={id} type="button" aria-pressed={pane === id} onClick={() => setPane(id)} className={`flex-1 cursor-pointer py-3 font-mono text-sm ${pane === id ? 'border-b-3 border-margin font-semibold' : 'text-faint'}`}>
              {label}
            </button>
          ))}
        </nav>
        <main id="main" className={`${visible('lesson')} min-h-0 flex-1 flex-col overflow-y-auto border-rule lg:flex lg:border-e`}>
          {!stored && <p className="border-b border-rule bg-sheet px-5 py-2 text-wrong">This browser stores nothing: your progress lasts until the page is closed.</p>}
          {children}
        </main>
        <div className={`${pane === 'lesson' ? 'hidden' : 'flex'} min-h-0 flex-1 flex-col lg:flex`}>
          <section aria-label="Terminal" className={`${visible('terminal')} min-h-0 flex-[3] flex-col bg-screen lg:flex`}>
            <Terminal client={client} />
            <p role="status" className="flex min-h-8 items-center gap-4 border-t border-white/15 px-3 font-mono text-xs text-glow/80">
              {state === 'on' && <span>Esc then Tab leaves the terminal</span>}
              {state === 'starting' && <span>The node is starting …</span>}
              {state === 'failed' && <span className="text-[#f0b0a5]">The node could not start: {client.message}</span>}
              {state === 'on' && client.canReturn && (
                <button type="button" className="cursor-pointer underline" onClick={() => void client.goBack()}>
                  Back to my node
                </button>
              )}
            </p>
          </section>
          <section aria-label="Picture of the node" className={`${visible('picture')} min-h-0 flex-[2] flex-col overflow-auto border-t border-rule bg-sheet lg:flex`}>
            {picture ? <NodePicture picture={picture} /> : <p className="p-5 text-faint">The picture is drawn when the node has started.</p>}
          </section>
        </div>
      </div>
    </LabContext>
  )
}
