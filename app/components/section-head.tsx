'use client'
import { useLab } from './lab-context'

/** A section's title, with the way to its node. */
export function SectionHead({ id, title, checkpoint }: { id: string; title: string; checkpoint: boolean }) {
  const lab = useLab()
  const here = lab.section === id
  return (
    <header className="border-b border-rule pb-2">
      <h2 id={`${id}-title`} className="text-2xl font-semibold">
        {title}
      </h2>
      {checkpoint && (
        <p className="mt-1 font-mono text-sm text-faint">
          {here ? 'The terminal stands at the start of this section, or wherever you went from there. ' : ''}
          <button type="button" className="cursor-pointer py-1 text-accent underline underline-offset-4" onClick={() => void lab.open(id)}>
            {here ? 'Start it again' : 'Bring the node here'}
          </button>
        </p>
      )}
    </header>
  )
}
