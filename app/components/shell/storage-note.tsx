'use client'
import { setAside, type Kept } from '../../../lib/progress/store'
import { download } from '../download'

export const saveAside = async (): Promise<void> => {
  const text = await setAside()
  if (text !== undefined) download('pause-lab-progress-set-aside.json', text, 'application/json')
}

/** What a student must know about where the progress is, and can do. */
export default function StorageNote({ kept }: { kept: Exclude<Kept, 'yes'> }) {
  if (kept === 'no')
    return <p className="border-b border-rule bg-sheet px-5 py-2 text-bad">This browser stores nothing (a private window, or a full disk): your progress lasts until the page is closed. Settings can save it as a file.</p>
  return (
    <p className="border-b border-rule bg-sheet px-5 py-2">
      Progress of another version of the lab was found. It is not lost: it was set aside, and this version begins anew.{' '}
      <button type="button" className="text-petrol underline underline-offset-4" onClick={() => void saveAside()}>
        Save it as a file
      </button>
      , and load that in Settings once the lab is up to date.
    </p>
  )
}
