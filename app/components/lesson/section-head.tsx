'use client'
import { useLab } from '../lab/lab-context'

/** A section's title, with the way to its node. */
export function SectionHead({ id, title, checkpoint }: { id: string; title: string; checkpoint: boolean }) {
  const lab = useLab()
  const here = lab.section === id
  return (
    <header className="mb-4">
      <h2 id={`${id}-title`} className="text-[1.75rem] leading-tight font-semibold">
        {title}
      </h2>
      {checkpoint && (
        <p className="label mt-2 flex flex-wrap items-center gap-x-3 gap-y-1 text-faint">
          <span aria-hidden="true" className={`size-2.5 rounded-full border-2 ${here ? 'border-pause bg-pause' : 'border-faint'}`} />
          {here ? 'Your node stands here, or wherever you went from here.' : 'This section has a node of its own.'}
          <button type="button" className="cursor-pointer py-1 text-petrol underline underline-offset-4" onClick={() => void lab.open(id)}>
            {here ? 'Start it again' : 'Bring the node here'}
          </button>
        </p>
      )}
    </header>
  )
}
