/**
 * The tiny types that /proc is made of: a name stands for a file that renders state, a link, or a folder of such
 * (after the pid_entry tables of fs/proc/base.c). `S` is what an entry tells of: a task below /proc/PID, nothing (null) elsewhere.
 */
import type { Kernel } from '../../kernel'
import type { PidNamespace } from '../../namespaces/pid'
import type { Task, Thread } from '../../task'
import type { Location } from '../../vfs/location'

/** Who looks, and through which /proc: a proc file system shows the pids of the namespace it was mounted for. */
export interface Look {
  readonly kernel: Kernel
  readonly pids: PidNamespace
  readonly viewer: Task
  /** Below /proc/PID/task/TID of a thread that is not the leader. */
  readonly thread: Thread | null
}

export interface FileEntry<S> {
  readonly kind: 'file'
  readonly mode: number
  readonly render: (subject: S, look: Look) => string
  readonly write?: (subject: S, text: string, look: Look) => void
  /** `strict`: the mode holds for root too. */
  readonly modes?: 'strict'
  /** What stat(2) says; 0 when it is not known before somebody reads. */
  readonly size?: (subject: S, look: Look) => number
}

export interface LinkEntry<S> {
  readonly kind: 'link'
  readonly mode: (subject: S) => number
  readonly size: number
  readonly target: (subject: S, look: Look) => string
  /** A magic link leads to a place that the text may not name. */
  readonly follow?: (subject: S, look: Look) => Location
}

export interface FolderEntry<S> {
  readonly kind: 'folder'
  readonly mode: number
  /** The thread that everything below tells of (task/TID). */
  readonly thread?: Thread
  /** Links that stat(2) counts: 2 and its folders, where nothing else is said. */
  readonly links?: number
  readonly size?: (subject: S) => number
  readonly names: (subject: S, look: Look) => Iterable<string>
  readonly lookup: (name: string, subject: S, look: Look) => Entry<S> | undefined
}

export type Entry<S> = FileEntry<S> | LinkEntry<S> | FolderEntry<S>

/** A file below /proc/PID. */
export const file = (
  render: (task: Task, look: Look) => string,
  options: { readonly mode?: number; readonly write?: (task: Task, text: string, look: Look) => void } = {},
): FileEntry<Task> => ({ kind: 'file', mode: options.mode ?? 0o444, render, write: options.write })

/** A file that tells of the whole system. */
export const systemFile = (
  render: (look: Look) => string,
  options: { readonly mode?: number; readonly write?: (text: string, look: Look) => void } = {},
): FileEntry<null> => ({
  kind: 'file',
  mode: options.mode ?? 0o444,
  render: (_none, look) => render(look),
  write: options.write && ((_none, text, look) => options.write?.(text, look)),
})

export const link = (
  target: (task: Task, look: Look) => string,
  follow?: (task: Task, look: Look) => Location,
): LinkEntry<Task> => ({ kind: 'link', mode: () => 0o777, size: 0, target, follow })

export const systemLink = (target: (look: Look) => string, size = 0): LinkEntry<null> => ({
  kind: 'link',
  mode: () => 0o777,
  size,
  target: (_none, look) => target(look),
})

/** A folder whose names never change. */
export function folder<S>(table: Readonly<Record<string, Entry<S>>>, mode = 0o555): FolderEntry<S> {
  const entries = new Map(Object.entries(table))
  const links = [...entries.values()].reduce((count, { kind }) => count + (kind === 'folder' ? 1 : 0), 2)
  return { kind: 'folder', mode, links, names: () => entries.keys(), lookup: (name) => entries.get(name) }
}

/** A line of text that a proc file shows. */
export const line = (value: string | number): string => `${value}\n`
