'use client'
import { createContext, useContext, useSyncExternalStore } from 'react'
import type { ExecResult } from '../../../simulator'
import type { LabClient } from '../../../lib/lab/client'
import type { Pace, Recording } from '../../../lib/lab/protocol'

export interface LabAccess {
  readonly client: LabClient
  /** The lesson's slug; empty in the playground. */
  readonly slug: string
  /** The scenario's file name, without its ending. */
  readonly scenario: string
  /** The section whose node the terminal stands on. */
  readonly section: string | null
  /** Brings the node to a section's start. */
  readonly open: (section: string | null) => Promise<void>
  /** Types a command into the terminal, visibly, and Enter; opens the section first when it is another's. */
  readonly run: (section: string | null, command: string) => Promise<void>
  /** Runs a check on a node, out of sight; the lab is begun first if need be. */
  readonly exec: (node: string, script: string) => Promise<ExecResult>
  /** Lives a session again. */
  readonly play: (section: string | null, recording: Recording, pace: Pace) => void
}

export const LabContext = createContext<LabAccess | null>(null)

export function useLab(): LabAccess {
  const lab = useContext(LabContext)
  if (!lab) throw new Error('useLab outside of a workbench')
  return lab
}

/** One fact of the client; `read` gives the same value as long as nothing changed. */
export const useClient = <T,>(client: LabClient, read: (client: LabClient) => T, before: T): T => useSyncExternalStore((l) => client.subscribe(l), () => read(client), () => before)
