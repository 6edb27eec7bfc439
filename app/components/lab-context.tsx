'use client'
import { createContext, useContext, useSyncExternalStore } from 'react'
import type { Picture } from '../../simulator'
import type { LabClient, LabState } from '../../lib/lab/client'

export interface LabAccess {
  readonly client: LabClient
  readonly slug: string
  /** The section whose node the terminal stands on. */
  readonly section: string | null
  /** Brings the node to a section's start. */
  readonly open: (section: string) => Promise<void>
  /** Types a command into the terminal, visibly, and Enter; opens the section first when it is another's. */
  readonly run: (section: string, command: string) => Promise<void>
}

export const LabContext = createContext<LabAccess | null>(null)

export function useLab(): LabAccess {
  const lab = useContext(LabContext)
  if (!lab) throw new Error('useLab outside of a workbench')
  return lab
}

export const useLabState = (client: LabClient): LabState => useSyncExternalStore((l) => client.subscribe(l), () => client.state, () => 'off')

export const usePicture = (client: LabClient): Picture | null => useSyncExternalStore((l) => client.subscribe(l), () => client.picture, () => null)
