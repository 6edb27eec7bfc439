'use client'
import dynamic from 'next/dynamic'
import { useCallback, useEffect, useRef, useState } from 'react'
import type { Selected } from '../../../lib/explain/explain'
import { afterPrompt } from '../../../lib/lab/prompt'
import { recall, remember } from '../../../lib/settings'
import type { Asked } from './explained'
import { rem } from '../rem'
import { useClient, useLab } from './lab-context'
import Terminal, { type TerminalHandle } from './terminal'
import { toAndFro, toTerminal } from './to-terminal'

const SessionMenu = dynamic(() => import('./session-menu'), { ssr: false })
const Explained = dynamic(() => import('./explained'), { ssr: false })
const find = () => import('./find')
const Find = dynamic(find, { ssr: false })
const KeyBar = dynamic(() => import('./key-bar'), { ssr: false, loading: () => <div className="hidden h-11 pointer-coarse:block" /> })
const ReplayBar = dynamic(() => import('./replay-bar'), { ssr: false })
const Transcript = dynamic(() => import('./transcript'), { ssr: false, loading: () => <div className="flex-1" /> })

/** Of the letters in px; what is usual, in those of the page. */
const SIZES = { least: 9, usual: 0.8125, most: 32 }

/** The terminals of a lab: tabs, tools, the screen or its plain transcript, the key bar of a phone. */
export default function TerminalPane({ focus }: { focus?: 'at once' }) {
  const { client, section } = useLab()
  const state = useClient(client, (c) => c.state, 'off')
  const terminals = useClient(client, (c) => c.terminals, client.terminals)
  const active = useClient(client, (c) => c.active, 0)
  const nodes = useClient(client, (c) => c.nodes, client.nodes)
  const canReturn = useClient(client, (c) => c.canReturn, false)
  const canUndo = useClient(client, (c) => c.canUndo, false)
  const canRedo = useClient(client, (c) => c.canRedo, false)
  const handles = useRef(new Map<number, TerminalHandle>())
  const [fontSize, setFontSize] = useState(() => Number(recall('font')) || Math.round(SIZES.usual * rem()))
  const [plain, setPlain] = useState(() => recall('plain') === 'yes')
  const [finding, setFinding] = useState(false)
  const [tools, setTools] = useState<'few' | 'all'>('few')
  const [menu, setMenu] = useState(false)
  const [choosing, setChoosing] = useState(false)
  const [ctrl, setCtrl] = useState(false)
  const [touched] = useState(() => matchMedia('(pointer: coarse)').matches)
  const [asked, setAsked] = useState<Asked | null>(null)
  const armed = useRef(false)
  armed.current = ctrl

  const handle = () => handles.current.get(client.active)
  /** A terminal that was asked for has the focus when it comes, or when another one goes. */
  const awaited = useRef(false)
  const onHandle = useCallback((id: number, h: TerminalHandle | null) => {
    if (!h) return void handles.current.delete(id)
    handles.current.set(id, h)
    if (awaited.current) setTimeout(toTerminal)
    awaited.current = false
  }, [])
  const openOn = (node: string) => {
    awaited.current = true
    setChoosing(false)
    client.open(node)
  }
  const close = (id: number) => {
    client.closeTerminal(id)
    setTimeout(toTerminal)
  }
  const onSelection = useCallback((selection: Selected | null) => setAsked(selection?.text.trim() ? selection : null), [])
  const selecting = useRef<ReturnType<typeof setTimeout>>(undefined)
  const onSelect = useCallback((id: number) => {
    clearTimeout(selecting.current)
    selecting.current = setTimeout(() => onSelection(handles.current.get(id)?.selection() ?? null), 250)
  }, [onSelection])
  const onRefused = useCallback(() => {
    // The selection itself is not what is to be told of.
    clearTimeout(selecting.current)
    setAsked('copy')
  }, [])
  const onExplain = useCallback(() => setAsked({ screen: handles.current.get(client.active)?.text() ?? '' }), [client])
  /** Ctrl of the key bar holds for one key. */
  const typed = useCallback((text: string) => {
    if (!armed.current || text.length !== 1) return text
    setCtrl(false)
    return String.fromCharCode(text.toUpperCase().charCodeAt(0) & 0x1f)
  }, [])
  const resize = (by: number) => {
    const next = Math.min(SIZES.most, Math.max(SIZES.least, fontSize + by))
    setFontSize(next)
    remember('font', String(next))
  }
  const current = terminals.find((t) => t.id === active)
  useEffect(() => {
    if (!focus) return
    // The screen may be there already, or be on its way.
    if (!toTerminal()) awaited.current = true
  }, [focus])
  useEffect(() => toAndFro(), [])
  // So that what is typed after its button is typed into it.
  useEffect(() => void afterPrompt().then(find), [])
  return (
    <div className="@container relative flex min-h-0 min-w-0 flex-1 flex-col bg-screen text-glow">
      <div className={`flex min-h-9 items-center gap-0.5 border-b border-screen-rule bg-screen-2 ps-1 pe-1 ${tools === 'all' ? '@max-md:flex-wrap' : ''}`}>
        <div role="tablist" aria-label="Terminals" className="flex min-w-0 items-center overflow-x-auto">
          {terminals.map((t, i) => (
            <button
              key={t.id}
              type="button"
              role="tab"
              aria-selected={t.id === active}
              tabIndex={t.id === active ? 0 : -1}
              onClick={() => client.activate(t.id)}
              onKeyDown={(e) => {
                const step = { ArrowRight: 1, ArrowLeft: -1 }[e.key]
                if (step === undefined && e.key !== 'Delete') return
                e.preventDefault()
                if (e.key === 'Delete' && terminals.length > 1) return close(t.id)
                const next = terminals[(i + (step ?? 0) + terminals.length) % terminals.length]
                if (!next) return
                client.activate(next.id)
                const tabs = e.currentTarget.parentElement?.querySelectorAll<HTMLElement>('[role=tab]')
                tabs?.[terminals.indexOf(next)]?.focus()
              }}
              className={`tool rounded-b-none border-b-2 ${t.id === active ? 'border-pause' : 'border-transparent text-dim'}`}
              title={terminals.length > 1 ? 'Delete closes this terminal' : undefined}
            >
              {i + 1}
              <span className="max-w-28 truncate">{t.node || 'node'}</span>
            </button>
          ))}
        </div>
        <button type="button" className="tool" aria-label="New terminal" aria-expanded={choosing} title="New terminal" disabled={state !== 'on'} onClick={() => (nodes.length > 1 ? setChoosing(!choosing) : openOn(nodes[0] ?? ''))}>
          +
        </button>
        {terminals.length > 1 && (
          <button type="button" className="tool text-dim" aria-label="Close this terminal" title="Close this terminal" onClick={() => close(active)}>
            ×
          </button>
        )}
        {choosing && (
          <span className="flex items-center gap-1">
            {nodes.map((node) => (
              <button
                key={node}
                type="button"
                className="tool bg-screen text-glow"
                onClick={() => openOn(node)}
              >
                on {node}
              </button>
            ))}
          </span>
        )}
        <span className={`ms-auto flex items-center ${tools === 'all' ? '@max-md:flex-wrap' : ''}`}>
          <button type="button" className="tool" aria-label="Undo the last command" title="Undo the last command" aria-disabled={!canUndo} onClick={() => client.undo()}>
            <Arrow />
          </button>
          <button type="button" className="tool" aria-label="Redo" title="Redo" aria-disabled={!canRedo} onClick={() => client.redo()}>
            <Arrow flipped="yes" />
          </button>
          <span className={`items-center @md:flex ${tools === 'all' ? 'flex' : 'hidden'}`}>
            <button type="button" className="tool" aria-label="Smaller text" title="Smaller text" onClick={() => resize(-1)}>
              A−
            </button>
            <button type="button" className="tool" aria-label="Larger text" title="Larger text" onClick={() => resize(1)}>
              A+
            </button>
            <button type="button" className="tool" aria-pressed={finding} aria-label="Find in the terminal" title="Find" onClick={() => setFinding(!finding)}>
              Find
            </button>
            <button type="button" className="tool" aria-label="Fold or unfold the last long output" title="Fold or unfold the last long output (Ctrl Shift F)" onClick={() => handle()?.fold()}>
              Fold
            </button>
            <button type="button" className="tool" title="What the columns of the last output mean (Ctrl Shift E)" onClick={onExplain}>
              Explain
            </button>
          </span>
          <button
            type="button"
            className="tool"
            aria-pressed={plain}
            title="The terminal as plain text, with a line to type in"
            onClick={() => {
              setPlain(!plain)
              remember('plain', plain ? 'no' : 'yes')
            }}
          >
            Plain
          </button>
          <button type="button" className="tool" aria-haspopup="dialog" onClick={() => setMenu(true)}>
            Session
          </button>
          <button type="button" className="tool @md:hidden" aria-label="All tools" aria-expanded={tools === 'all'} onClick={() => setTools(tools === 'all' ? 'few' : 'all')}>
            ⋯
          </button>
        </span>
      </div>
      {finding && (
        <Find
          onFind={(what, direction) => handle()?.find(what, direction)} onClose={() => {
            setFinding(false)
            toTerminal()
          }}
        />
      )}
      {state === 'replaying' && <ReplayBar />}
      {plain && <Transcript client={client} terminal={active} fontSize={fontSize} text={() => handle()?.text() ?? ''} onSelection={onSelection} />}
      <div className={plain ? 'sr-only' : 'relative flex min-h-0 flex-1 flex-col'} inert={plain}>
        {terminals.map((t) => (
          <Terminal key={t.id} client={client} id={t.id} shown={t.id === active} fontSize={fontSize} onHandle={onHandle} onSelect={onSelect} onRefused={onRefused} onExplain={onExplain} typed={typed} />
        ))}
      </div>
      <div className="relative">
        {asked && (
          <Explained
            asked={asked} over={plain ? 'nothing' : 'the terminal'} onClose={() => {
              setAsked(null)
              toTerminal()
            }}
          />
        )}
      </div>
      {touched && (
        <KeyBar
          ctrl={ctrl}
          onCtrl={() => setCtrl(!ctrl)}
          onKey={(keys) => {
            client.type(keys)
            handle()?.focus()
          }}
        />
      )}
      <p role="status" className={`label flex min-h-7 items-center gap-4 overflow-hidden border-t border-screen-rule px-3 text-[0.72rem] whitespace-nowrap text-dim ${state === 'on' && !current?.ended && !canReturn ? 'max-sm:hidden' : ''}`}>
        {state === 'on' && !current?.ended && <span>{plain ? 'Ctrl ` leaves the line, and comes back to it' : 'Esc then Tab, or Ctrl `, leaves the terminal'}</span>}
        {state === 'on' && current?.ended && (
          <span className="text-glow">
            This login has ended.{' '}
            <button type="button" className="underline" onClick={() => openOn(current.node)}>
              Log in again
            </button>
          </span>
        )}
        {state === 'off' && <span>The node is off</span>}
        {state === 'starting' && <span>The node is starting …</span>}
        {state === 'failed' && <span className="text-[#f4a08f]">The node could not start: {client.message}</span>}
        {state === 'on' && canReturn && (
          <button
            type="button"
            className="underline"
            onClick={() => {
              client.goBack()
              toTerminal()
            }}
          >
            Back to my node
          </button>
        )}
        {state === 'on' && <span className="ms-auto hidden @2xl:inline">Select a word of a listing to have it explained</span>}
      </p>
      {menu && <SessionMenu client={client} section={section} handle={handle} onClose={() => setMenu(false)} />}
    </div>
  )
}

function Arrow({ flipped }: { flipped?: 'yes' }) {
  return (
    <svg width="15" height="15" viewBox="0 0 15 15" fill="none" stroke="currentColor" strokeWidth="1.5" aria-hidden="true" className={flipped ? '-scale-x-100' : ''}>
      <path d="M5.5 2 2 5.5 5.5 9M2 5.5h7a4 4 0 0 1 0 8H6" />
    </svg>
  )
}
