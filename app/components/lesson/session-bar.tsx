'use client'
import { useEffect, useState } from 'react'
import type { Pace } from '../../../lib/lab/protocol'
import { commandCount } from '../../../lib/lab/log'
import { forgetSession, storedSession, storeSession } from '../../../lib/lab/sessions'
import { fromFragment, PREFIX, type SharedSession } from '../../../lib/lab/share'
import type { LessonPlan } from '../../../lib/lessons/model'
import { useLab } from '../lab/lab-context'

const STORE_AFTER_MS = 1000

/** Offers the session that a link carries, or the one that was left here; keeps the one that is going on. */
export default function SessionBar({ plan }: { plan: LessonPlan }) {
  const lab = useLab()
  const { client } = lab
  const [offered, setOffered] = useState<{ from: 'link' | 'store'; session: SharedSession } | null>(null)
  const [bad, setBad] = useState(false)
  useEffect(() => {
    const look = async () => {
      if (location.hash.startsWith(PREFIX)) {
        const session = await fromFragment(location.hash)
        if (session?.lesson === plan.slug) return setOffered({ from: 'link', session })
        setBad(true)
        if (client.state === 'off') void lab.open(plan.sections.find((s) => s.title !== '')?.id ?? '')
        return
      }
      const session = await storedSession(plan.slug)
      if (session && commandCount(session.recording.entries) > 0) setOffered({ from: 'store', session })
    }
    void look()
  }, [plan, client, lab])
  useEffect(() => {
    let timer: ReturnType<typeof setTimeout> | undefined
    const stop = client.onRest(() => {
      clearTimeout(timer)
      timer = setTimeout(() => {
        if (commandCount(client.entries) > 0) void storeSession(plan.slug, { lesson: plan.slug, scenario: plan.scenario, ...(lab.section ? { section: lab.section } : {}), recording: client.recording })
      }, STORE_AFTER_MS)
    })
    return () => {
      clearTimeout(timer)
      stop()
    }
  }, [client, plan, lab.section])
  if (bad)
    return (
      <p role="status" className="border-b border-rule bg-pause-soft px-5 py-2">
        The link carries a session that cannot be read, or one of another lesson. The lesson begins anew.
      </p>
    )
  if (!offered) return null
  const count = commandCount(offered.session.recording.entries)
  const play = (pace: Pace) => {
    lab.play(offered.session.section ?? null, offered.session.recording, pace)
    if (offered.from === 'link') history.replaceState(null, '', location.pathname)
    setOffered(null)
  }
  const dismiss = () => {
    if (offered.from === 'store') void forgetSession(plan.slug)
    else {
      history.replaceState(null, '', location.pathname)
      if (client.state === 'off') void lab.open(plan.sections.find((s) => s.title !== '')?.id ?? '')
    }
    setOffered(null)
  }
  return (
    <section aria-label="A session to go on with" className="flex flex-wrap items-center gap-2 border-b border-rule bg-pause-soft px-5 py-2 pe-24">
      <p className="min-w-40 flex-1">{offered.from === 'link' ? `This link carries a session of ${count} lines.` : `You left a session of ${count} lines here.`}</p>
      <button type="button" className="button button-main" onClick={() => play('at once')}>
        Go on from its end
      </button>
      <button type="button" className="button" onClick={() => play(4)}>
        Watch it
      </button>
      <button type="button" className="button" onClick={dismiss}>
        Begin anew
      </button>
    </section>
  )
}
