'use client'
import { type ReactNode, useCallback, useEffect, useState } from 'react'
import { withDone } from '../../lib/progress/store'
import { useLab } from './lab-context'
import { changeProgress, useProgress } from './progress'

/** Something to bring about on the node. A script looks whether it is so, after each command; hints come one at a time. */
export function Task({ id, title, node, check, solve, body, hints, section }: { id: string; title: string; node: string; check: string; solve: string; body: ReactNode; hints: readonly ReactNode[]; section: string }) {
  const lab = useLab()
  const { progress } = useProgress()
  const [shown, setShown] = useState(0)
  const [solution, setSolution] = useState(false)
  const done = progress.lessons[lab.slug]?.done.includes(id) ?? false
  const active = lab.section === section && !done
  const look = useCallback(async () => {
    const { code } = await lab.client.exec(node, check)
    if (code === 0) changeProgress((p) => withDone(p, lab.slug, id))
  }, [lab, node, check, id])
  useEffect(() => {
    if (!active) return
    let timer: ReturnType<typeof setTimeout> | undefined
    const stop = lab.client.onRest(() => {
      clearTimeout(timer)
      timer = setTimeout(() => void look(), 400)
    })
    return () => {
      clearTimeout(timer)
      stop()
    }
  }, [active, lab, look])
  return (
    <section id={id} aria-label={`Task: ${title}`} data-task={id} data-done={done} className="my-8 border-2 border-ink bg-sheet p-5">
      <p className="font-mono text-sm text-margin">Task</p>
      <h3 className="text-xl font-semibold">{title}</h3>
      <div className="prose-notes text-prose">{body}</div>
      <p role="status" className={done ? 'font-semibold text-right' : 'text-faint'}>
        {done ? 'Done: the node is in the state that was asked for.' : active ? 'Watched: this marks itself as done.' : 'Bring the node to this section to begin.'}
      </p>
      {!done && (
        <div className="mt-3 flex flex-wrap gap-3">
          {!active && (
            <button type="button" className="cursor-pointer border border-ink px-3 py-1" onClick={() => void lab.open(section)}>
              Begin
            </button>
          )}
          {shown < hints.length && (
            <button type="button" className="cursor-pointer border border-ink px-3 py-1" onClick={() => setShown(shown + 1)}>
              {shown === 0 ? 'A hint' : 'Another hint'} ({hints.length - shown} left)
            </button>
          )}
          {shown >= hints.length && !solution && (
            <button type="button" className="cursor-pointer border border-ink px-3 py-1" onClick={() => setSolution(true)}>
              Show the solution
            </button>
          )}
        </div>
      )}
      {hints.slice(0, shown).map((hint, i) => (
        <div key={i} className="prose-notes mt-3 border-s-3 border-rule ps-4">
          {hint}
        </div>
      ))}
      {solution && <pre className="mt-3 overflow-x-auto bg-screen p-3 font-mono text-sm text-glow">{solve}</pre>}
    </section>
  )
}
