'use client'
import { type ReactNode, useEffect, useRef, useState } from 'react'
import type { Pace } from '../../../lib/lab/protocol'
import { commandCount } from '../../../lib/lab/log'
import { forgetSession, storedSession, storeSession } from '../../../lib/lab/sessions'
import { fromFragment, PREFIX, type SharedSession } from '../../../lib/lab/share'
import { useLab } from '../lab/lab-context'
import { toTerminal } from '../lab/to-terminal'

const STORE_AFTER_MS = 1000

type Offer = { readonly from: 'link' | 'store'; readonly session: SharedSession }

/**
 * Offers the session that a link carries, or the one that was left here; keeps the one that is going on, under `place`. A link that cannot be
 * used says why, and takes nothing from what was left.
 */
export default function SessionBar({ place, lesson, onAnew }: { place: string; lesson?: string; onAnew: () => void }) {
  const lab = useLab()
  const { client, scenario } = lab
  const [offered, setOffered] = useState<Offer | null>(null)
  const [note, setNote] = useState<ReactNode>(null)
  /** So many lines came with a link: it becomes the session of this place with the next one. */
  const foreign = useRef(0)
  const begin = useRef(onAnew)
  begin.current = onAnew
  useEffect(() => {
    const fits = (session: SharedSession) => session.lesson === lesson && session.scenario === scenario
    const look = async () => {
      if (location.hash.startsWith(PREFIX)) {
        const session = await fromFragment(location.hash)
        if (session && fits(session)) return setOffered({ from: 'link', session })
        setNote(whyNot(session))
        history.replaceState(null, '', location.pathname)
        if (client.state === 'off') begin.current()
      }
      const session = await storedSession(place)
      if (session && fits(session) && commandCount(session.recording.entries) > 0) setOffered({ from: 'store', session })
    }
    void look()
  }, [place, lesson, scenario, client])
  useEffect(() => {
    let timer: ReturnType<typeof setTimeout> | undefined
    const store = async () => {
      if (commandCount(client.entries) <= foreign.current) return
      const kept = await storeSession(place, { scenario, ...(lesson ? { lesson } : {}), ...(lab.section ? { section: lab.section } : {}), recording: client.recording })
      if (!kept) setNote('This browser does not store the session (a private window, or a full disk): a reload would end it. “Session” can save it as a file.')
    }
    const soon = () => {
      clearTimeout(timer)
      timer = setTimeout(() => void store(), STORE_AFTER_MS)
    }
    const stop = client.onRest(soon)
    // Something may have been typed before this was loaded.
    soon()
    return () => {
      clearTimeout(timer)
      stop()
    }
  }, [client, place, lesson, scenario, lab.section])
  if (!offered && !note) return null
  const count = offered ? commandCount(offered.session.recording.entries) : 0
  const play = (pace: Pace) => {
    if (!offered) return
    foreign.current = offered.from === 'link' ? count : 0
    lab.play(offered.session.section ?? null, offered.session.recording, pace)
    if (offered.from === 'link') history.replaceState(null, '', location.pathname)
    leave()
  }
  const leave = () => {
    setOffered(null)
    if (!toTerminal()) document.getElementById('main')?.focus()
  }
  const dismiss = () => {
    if (offered?.from === 'store') void forgetSession(place)
    else {
      history.replaceState(null, '', location.pathname)
      if (client.state === 'off') onAnew()
    }
    leave()
  }
  return (
    <section aria-label="A session to go on with" className="flex flex-wrap items-center gap-2 border-b border-rule bg-pause-soft px-5 py-2">
      {note && (
        <p role="status" className="flex w-full items-start gap-2">
          <span className="flex-1">{note}</span>
          <button type="button" className="tool" aria-label="Close this note" onClick={() => setNote(null)}>
            ×
          </button>
        </p>
      )}
      {offered && (
        <>
          <p className="min-w-40 flex-1">{offered.from === 'link' ? `This link carries a session of ${lines(count)}.` : `You left a session of ${lines(count)} here.`}</p>
          <button type="button" className="button button-main" onClick={() => play('at once')}>
            Go on from its end
          </button>
          <button type="button" className="button" onClick={() => play(4)}>
            Watch it
          </button>
          <button type="button" className="button" onClick={dismiss}>
            Begin anew
          </button>
        </>
      )}
    </section>
  )
}

const lines = (count: number): string => `${count} line${count === 1 ? '' : 's'}`

/** Why a link is of no use here, and what can be done. */
function whyNot(session: SharedSession | undefined): ReactNode {
  if (!session) return 'The link carries a session that cannot be read: it was cut on its way, or a newer version of the lab made it. Ask for the whole link, or reload the page for a new version. Nothing of yours is lost.'
  const base = process.env.NEXT_PUBLIC_BASE_PATH ?? ''
  const there = session.lesson ? `${base}/lessons/${encodeURIComponent(session.lesson)}/` : `${base}/playground/`
  return (
    <>
      The link carries a session of another place. <a href={`${there}${location.hash}`}>Open it there</a>.
    </>
  )
}
