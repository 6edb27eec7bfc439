'use client'
import { type ReactNode, useCallback, useEffect, useState } from 'react'
import { useLab } from '../lab/lab-context'
import { done as solved, useProgress } from '../progress'

/** Something to bring about on the node. A script looks whether it is so, after each command; hints come one at a time. */
export function Task({ id, title, node, check, solve, body, hints, section }: { id: string; title: string; node: string; check: string; solve: string; body: ReactNode; hints: readonly ReactNode[]; section: string }) {
  const lab = useLab()
  const { progress } = useProgress()
  const [shown, setShown] = useState(0)
  const [solution, setSolution] = useState(false)
  const done = progress.lessons[lab.slug]?.done.includes(id) ?? false
  const active = lab.section === section && !done
  const left = hints.length - shown
  const look = useCallback(async () => {
    const { code } = await lab.exec(node, check)
    if (code === 0) solved(lab.slug, id)
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
    <section id={id} aria-label={`Task: ${title}`} data-task={id} data-done={done} className="my-8 rounded-soft border-2 border-ink bg-sheet p-5">
      <p className="label text-faint">Task</p>
      <h3 className="text-xl font-semibold">{title}</h3>
      <div className="prose text-[1.08rem]">{body}</div>
      <p role="status" className={done ? 'font-semibold text-good' : 'text-faint'}>
        {done ? 'Done: the node is in the state that was asked for.' : active ? 'Watched: this marks itself as done.' : 'Bring the node to this section to begin.'}
      </p>
      {!done && (
        <div className="mt-3 flex flex-wrap gap-3">
          <button type="button" className="button" onClick={() => void lab.open(section)}>
            {active ? 'Start it again' : 'Begin'}
          </button>
          {/* One button for all of these: the focus stays on it. */}
          <button type="button" className="button" onClick={() => (left > 0 ? setShown(shown + 1) : setSolution(!solution))}>
            {left > 0 ? `${shown === 0 ? 'A hint' : 'Another hint'} (${left} left)` : solution ? 'Hide the solution' : 'Show the solution'}
          </button>
        </div>
      )}
      {hints.slice(0, shown).map((hint, i) => (
        <div key={i} className="prose fade-in mt-3 border-s-3 border-pause ps-4">
          {hint}
        </div>
      ))}
      {solution && <pre className="mt-3 overflow-x-auto rounded-soft bg-screen p-3 font-mono text-sm text-glow">{solve}</pre>}
    </section>
  )
}
