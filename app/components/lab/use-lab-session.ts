'use client'
import { useCallback, useEffect, useMemo, useRef, useState } from 'react'
import { LabClient } from '../../../lib/lab/client'
import type { Pace, Recording, ScenarioPlace } from '../../../lib/lab/protocol'
import { EMPTY_START, startOf } from '../../../lib/lab/start'
import type { LessonPlan } from '../../../lib/lessons/model'
import { opened } from '../progress'
import type { LabAccess } from './lab-context'

/** Between two typed keys, ms. */
const KEY_MS = 8

/** A machine room for a page: stands at `first` (or waits until it is begun), goes to other sections, types commands. */
export function useLabSession({ scenario, plan, first, onType }: { scenario: ScenarioPlace; plan: LessonPlan | null; first: string | null; onType?: () => void }): LabAccess {
  const startAt = useCallback((id: string | null) => (plan && id !== null ? startOf(plan, id) : EMPTY_START), [plan])
  const client = useMemo(() => new LabClient(scenario, startAt(first)), [scenario, startAt, first])
  const [section, setSection] = useState<string | null>(null)
  const typing = useRef(Promise.resolve())
  const current = useRef<string | null>(null)
  const typed = useRef(onType)
  typed.current = onType

  const untilOn = useCallback(
    () =>
      new Promise<void>((resolve) => {
        const there = () => client.state === 'on' || client.state === 'failed'
        if (there()) return resolve()
        const stop = client.subscribe(() => {
          if (!there()) return
          stop()
          resolve()
        })
      }),
    [client],
  )
  const go = useCallback(
    (id: string | null) => {
      current.current = id
      setSection(id)
      if (plan && id !== null) opened(plan.slug, id)
    },
    [plan],
  )
  const open = useCallback(
    async (id: string | null) => {
      go(id)
      client.begin(startAt(id))
      await untilOn()
    },
    [client, go, startAt, untilOn],
  )
  const play = useCallback(
    (id: string | null, recording: Recording, pace: Pace) => {
      go(id)
      client.play(startAt(id), recording, pace)
    },
    [client, go, startAt],
  )
  const run = useCallback(
    (id: string | null, command: string) => {
      typing.current = typing.current.then(async () => {
        typed.current?.()
        if (client.state === 'off') await open(current.current ?? first)
        if (id !== null && current.current !== id && plan?.sections.find((s) => s.id === id)?.checkpoint) await open(id)
        await untilOn()
        for (const key of command.replaceAll('\n', '\r')) {
          client.type(key)
          await new Promise((resolve) => setTimeout(resolve, KEY_MS))
        }
        client.type('\r')
      })
      return typing.current
    },
    [client, plan, first, open, untilOn],
  )
  const exec = useCallback(
    async (node: string, script: string) => {
      if (client.state === 'off') await open(first)
      await untilOn()
      return client.exec(node, script)
    },
    [client, first, open, untilOn],
  )
  useEffect(() => () => client.close(), [client])
  return useMemo(() => ({ client, slug: plan?.slug ?? '', scenario: scenario.name, section, open, run, exec, play }), [client, plan, scenario.name, section, open, run, exec, play])
}
