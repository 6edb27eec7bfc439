'use client'
import { useState } from 'react'
import type { LabClient } from '../../../lib/lab/client'
import { commandCount, typedLines } from '../../../lib/lab/log'
import { LONGEST_LINK, readSession, type SharedSession, storable, toAsciicast, toFragment } from '../../../lib/lab/share'
import { toClipboard } from '../clipboard'
import { download } from '../download'
import { Dialog } from '../shell/dialog'
import { useClient, useLab } from './lab-context'
import type { TerminalHandle } from './terminal'

/** The session as a thing: back to marks, once more at a pace, as a link, as files. */
export default function SessionMenu({ client, section, handle, onClose }: { client: LabClient; section: string | null; handle: () => TerminalHandle | undefined; onClose: () => void }) {
  const { slug, scenario, play } = useLab()
  const entries = useClient(client, (c) => c.entries, client.entries)
  const marks = useClient(client, (c) => c.marks, client.marks)
  const state = useClient(client, (c) => c.state, client.state)
  const [said, setSaid] = useState('')
  const lines = typedLines(entries)
  const count = commandCount(entries)
  const on = state === 'on'
  const name = `pause-lab-${slug || scenario}`
  const session = (): SharedSession => ({ scenario, ...(slug ? { lesson: slug } : {}), ...(section ? { section } : {}), recording: client.recording })
  const openFile = async (file: File) => {
    const given = readFile(await file.text())
    if (!given) return setSaid('This file is no session of Pause Lab, or one of a newer version. Nothing was changed.')
    if ((given.lesson ?? '') !== slug || given.scenario !== scenario) return setSaid(given.lesson ? `This session belongs to the lesson “${given.lesson}”: open it there. Nothing was changed.` : 'This session belongs to the playground: open it there, with its scenario. Nothing was changed.')
    play(given.section ?? null, given.recording, 4)
    onClose()
  }
  const link = async () => {
    const fragment = await toFragment(session())
    const url = `${location.origin}${location.pathname}${fragment}`
    if (url.length > LONGEST_LINK) return setSaid('This session is too long for a link. Save it as a file: that can be opened here again.')
    history.replaceState(null, '', url)
    setSaid(`${(await toClipboard(url)) ? 'The link is copied.' : 'The link stands in the address bar now.'} It holds the whole session; nothing was sent anywhere.`)
  }
  const leave = (act: () => void) => () => {
    act()
    onClose()
  }
  return (
    <Dialog title="This session" onClose={onClose}>
      <p className="text-faint">
        {count === 0 ? 'Nothing was typed yet.' : `${count} line${count === 1 ? '' : 's'} typed`}
        {lines.length > 0 && (
          <>
            , the last: <code>{(lines.at(-1) ?? '').slice(0, 60)}</code>
          </>
        )}
      </p>
      <h3 className="mt-5 font-semibold">Once more</h3>
      <p className="mt-2 flex flex-wrap gap-2">
        {[1, 4, 16].map((pace) => (
          <button key={pace} type="button" className="button" disabled={!on || count === 0} onClick={leave(() => client.replay(pace))}>
            Replay at {pace}×
          </button>
        ))}
      </p>
      <h3 className="mt-5 font-semibold">Marks</h3>
      <p className="mt-2 flex flex-wrap gap-2">
        <button type="button" className="button" disabled={!on} onClick={() => client.mark(lines.at(-1)?.slice(0, 40) || 'the start')}>
          Mark this moment
        </button>
        {marks.filter((mark) => mark.length <= entries.length).map((mark) => (
          <button key={`${mark.length}${mark.name}`} type="button" className="button" disabled={!on} onClick={leave(() => client.goTo(mark))}>
            Back to after “{mark.name}”
          </button>
        ))}
      </p>
      <h3 className="mt-5 font-semibold">Take it along</h3>
      <p className="mt-2 flex flex-wrap gap-2">
        <button type="button" className="button button-main" disabled={count === 0} onClick={() => void link()}>
          Copy a link to it
        </button>
        <button type="button" className="button" disabled={count === 0} onClick={() => download(`${name}.session.json`, JSON.stringify(storable(session())), 'application/json')}>
          Save as a file
        </button>
        <label className="button focus-within:outline-2 focus-within:outline-petrol">
          Open a file
          <input
            type="file"
            accept="application/json,.json"
            className="sr-only"
            onChange={(e) => {
              const file = e.target.files?.[0]
              if (file) void openFile(file)
              e.target.value = ''
            }}
          />
        </label>
        <button type="button" className="button" onClick={() => download(`${name}.cast`, toAsciicast(client.shown, { terminal: client.active, ...firstSize(client), title: name }), 'application/x-asciicast')}>
          Save as asciicast
        </button>
        <button type="button" className="button" onClick={() => download(`${name}.txt`, `${handle()?.text() ?? ''}\n`, 'text/plain')}>
          Save as text
        </button>
        <button
          type="button"
          className="button"
          onClick={() => {
            void handle()
              ?.html()
              .then((html) => download(`${name}.html`, html, 'text/html'))
          }}
        >
          Save the screen as HTML
        </button>
      </p>
      <p role="status" className="mt-4 min-h-6 font-semibold">
        {said}
      </p>
    </Dialog>
  )
}

function readFile(text: string): SharedSession | undefined {
  try {
    return readSession(JSON.parse(text))
  } catch {
    return undefined
  }
}

/** Of the terminal that is shown, when it was opened. */
function firstSize({ active, recording }: LabClient): { cols: number; rows: number } {
  const opened = recording.entries.find(([, , input]) => input[0] === 'o' && input[1] === active)?.[2]
  return opened?.[0] === 'o' ? { cols: opened[3], rows: opened[4] } : { cols: recording.cols, rows: recording.rows }
}
