'use client'
import { useEffect, useState } from 'react'
import { setAside } from '../../../lib/progress/store'
import { applySetting, recall, remember, SETTINGS, type Setting } from '../../../lib/settings'
import { download } from '../download'
import { currentProgress, useProgress } from '../progress'
import { Dialog } from './dialog'
import { forgetProgress, importProgress } from './progress-file'
import { saveAside } from './storage-note'

/** Colours, contrast, motion; the progress as a file. */
export default function Settings({ onClose }: { onClose: () => void }) {
  const { kept } = useProgress()
  const [said, setSaid] = useState('')
  const [sure, setSure] = useState(false)
  const [aside, setHasAside] = useState(false)
  useEffect(() => {
    void setAside().then((text) => setHasAside(text !== undefined))
  }, [])
  return (
    <Dialog title="Settings" onClose={onClose}>
      {Object.entries(SETTINGS).map(([name, { label, values }]) => (
        <Choice key={name} name={name as Setting} label={label} values={values} />
      ))}
      <h3 className="mt-6 border-t border-rule pt-4 text-lg font-semibold">Your progress</h3>
      <p className="mt-1 text-faint">{kept !== 'no' ? 'It is kept in this browser only. A file takes it elsewhere.' : 'This browser stores nothing (a private window, or a full disk): it lasts until the page is closed. A file keeps it.'}</p>
      <div className="mt-3 flex flex-wrap gap-2">
        <button type="button" className="button" onClick={() => download('pause-lab-progress.json', JSON.stringify(currentProgress(), null, 2), 'application/json')}>
          Save as a file
        </button>
        <label className="button focus-within:outline-2 focus-within:outline-petrol">
          Load a file
          <input
            type="file"
            accept="application/json,.json"
            className="sr-only"
            onChange={(e) => {
              const file = e.target.files?.[0]
              if (file) void file.text().then(importProgress).then(setSaid)
              e.target.value = ''
            }}
          />
        </label>
        {aside && (
          <button type="button" className="button" onClick={() => void saveAside()}>
            Save what was set aside
          </button>
        )}
        <button
          type="button"
          className="button text-bad"
          onClick={() => {
            if (!sure) return setSure(true)
            void forgetProgress().then(() => setSaid('Forgotten.'))
            setSure(false)
          }}
        >
          {sure ? 'Really forget everything' : 'Forget everything'}
        </button>
      </div>
      <p role="status" className="mt-3 min-h-6 font-semibold">
        {said}
      </p>
    </Dialog>
  )
}

const WORDS: Readonly<Record<string, string>> = { system: 'as the system', searches: 'opens the search', unused: 'does nothing', off: 'hears what a command printed', on: 'hears each key' }

function Choice({ name, label, values }: { name: Setting; label: string; values: readonly string[] }) {
  const [value, setValue] = useState(() => recall(name) ?? values[0])
  return (
    <fieldset className="mb-3 flex flex-wrap items-center gap-x-4 gap-y-1">
      <legend className="label float-left w-28 max-sm:w-full text-faint">{label}</legend>
      {values.map((v) => (
        <label key={v} className="label flex cursor-pointer items-center gap-2 py-1">
          <input
            type="radio"
            name={name}
            value={v}
            checked={value === v}
            onChange={() => {
              setValue(v)
              remember(name, v)
              applySetting(name, v)
            }}
            className="accent-petrol"
          />
          {WORDS[v] ?? v}
        </label>
      ))}
    </fieldset>
  )
}
