/** The page's side of the lab: one worker, its terminals, the log of what was typed. Listeners are plain functions; React subscribes in hooks. */
import type { ExecResult, Picture } from '../../simulator'
import { lastCommand } from './log'
import { beginning, type FirstScreen, launch, SIMULATOR, UNSEEN } from './early'
import { promptCame } from './prompt'
import type { Entry, FromWorker, Input, Pace, Recording, ScenarioPlace, Start, ToWorker } from './protocol'

export type LabState = 'off' | 'starting' | 'replaying' | 'on' | 'failed'

export interface OpenTerminal {
  readonly id: number
  readonly node: string
  readonly ended: boolean
}

/** Output with its virtual time (Unix ms), for the recording of a terminal. */
export interface Shown {
  readonly terminal: number
  readonly at: number
  readonly text: string
  /** The terminal has this size from here on. */
  readonly size?: readonly [cols: number, rows: number]
}

/** A named place in the log. */
export interface Mark {
  readonly name: string
  readonly length: number
}

/** Where a terminal's output goes. */
export interface Screen {
  write(bytes: Uint8Array, done: () => void): void
  /** A line was entered: what it prints comes next. */
  entered(): void
  reset(): void
}

type Listener = () => void
type Output = Extract<FromWorker, { type: 'output' }>

const NO_ENTRIES: readonly Entry[] = []
/** Output kept for export, in characters. */
const KEPT = 4_000_000
/** Of a command's output, what is searched for what it looked at. */
const LOOKED = 40_000

export class LabClient {
  state: LabState = 'off'
  message = ''
  picture: Picture | null = null
  terminals: readonly OpenTerminal[] = [{ id: 0, node: '', ended: false }]
  active = 0
  nodes: readonly string[] = []
  /** Everything that came in since the start. */
  entries: readonly Entry[] = NO_ENTRIES
  /** What was undone and can be done again. */
  undone: readonly (readonly Entry[])[] = []
  marks: readonly Mark[] = []
  replayed = { done: 0, of: 0 }
  pace: Pace = 'at once'
  /** The last command and what it printed. */
  looked = ''
  shown: Shown[] = []
  private shownLength = 0
  private fresh = ''
  private worker: Worker | null = null
  /** The screen that was opened before the page was there. */
  private firstScreen: FirstScreen | null = null
  /** What is asked of a worker that is about to be launched. */
  private unsent: ToWorker[] | null = null
  private boots = 0
  readonly scenario: ScenarioPlace
  private readonly listeners = new Set<Listener>()
  private readonly restListeners = new Set<Listener>()
  private readonly waiting = new Map<number, (result: ExecResult) => void>()
  private readonly screens = new Map<number, Screen>()
  private readonly unseen = new Map<number, Uint8Array[]>()
  /** One for each terminal: a letter of several bytes may come in two pieces. */
  private readonly decoders = new Map<number, TextDecoder>()
  private nextId = 1
  private nextTerminal = 1
  private readonly sizes = new Map<number, { cols: number; rows: number }>()
  private start: Start
  private first: { readonly cols: number; readonly rows: number } = UNSEEN
  private left: { start: Start; recording: Recording } | null = null

  constructor(scenario: ScenarioPlace, start: Start) {
    this.scenario = scenario
    this.start = start
  }
  subscribe(listener: Listener): () => void {
    this.listeners.add(listener)
    return () => this.listeners.delete(listener)
  }
  /** After each command, when the machine is quiet. */
  onRest(listener: Listener): () => void {
    this.restListeners.add(listener)
    return () => this.restListeners.delete(listener)
  }
  private tell(): void {
    for (const listener of this.listeners) listener()
  }
  private post(message: ToWorker): void {
    if (this.worker) this.worker.postMessage(message)
    else this.unsent?.push(message)
  }

  // ── sessions ──────────────────────────────────────────────────────────────────────────────────────────
  /** Stands the machine up at a section's start. */
  begin(start: Start): void {
    if (this.entries.some(([, , input]) => input[0] === 'i')) this.left = { start: this.start, recording: this.recording }
    this.undone = []
    this.marks = []
    this.boot(start, this.blank, 'at once')
  }
  /** Lives a session again from its log. */
  play(start: Start, recording: Recording, pace: Pace): void {
    this.undone = []
    this.boot(start, recording, pace)
  }
  get recording(): Recording {
    return { build: SIMULATOR, ...this.first, entries: this.entries }
  }
  private get blank(): Recording {
    return { build: SIMULATOR, ...(this.sizes.get(0) ?? UNSEEN), entries: NO_ENTRIES }
  }
  private boot(start: Start, recording: Recording, pace: Pace): void {
    this.worker?.terminate()
    this.waiting.clear()
    this.unseen.clear()
    this.decoders.clear()
    this.start = start
    this.entries = NO_ENTRIES
    this.shown = []
    this.shownLength = 0
    this.fresh = ''
    this.looked = ''
    this.terminals = [{ id: 0, node: this.scenario.host, ended: false }]
    this.nextTerminal = 1 + Math.max(0, ...recording.entries.map(([, , input]) => (input[0] === 'o' ? input[1] : 0)))
    this.active = 0
    this.pace = pace
    this.replayed = { done: 0, of: recording.entries.length }
    this.state = 'starting'
    for (const screen of this.screens.values()) screen.reset()
    const again = this.worker !== null || this.unsent !== null
    this.worker = null
    this.unsent = []
    this.first = recording
    this.tell()
    const boot = ++this.boots
    const go = (): void => {
      if (boot === this.boots) this.launch(beginning(start, recording, pace))
    }
    // The first node is waited for. Another one begins after the frame that says so, which its boot would hold up.
    if (again) afterFrame(go)
    else go()
  }
  private launch(asked: ReturnType<typeof beginning>): void {
    const { worker, begin, said, screen } = launch(this.scenario, asked)
    this.worker = worker
    this.firstScreen?.dispose()
    this.firstScreen = screen ?? null
    this.first = { cols: begin.recording.cols, rows: begin.recording.rows }
    worker.onmessage = ({ data }: MessageEvent<FromWorker>) => this.receive(data)
    worker.onerror = (event) => this.fail(event.message || 'the lab could not be loaded')
    for (const message of this.unsent ?? []) this.post(message)
    this.unsent = null
    for (const message of said) {
      if (screen && message.type === 'output') this.note(message)
      else this.receive(message)
    }
  }
  setPace(pace: Pace): void {
    this.pace = pace
    this.post({ type: 'pace', pace })
    this.tell()
  }
  /** True when there is another node's session to go back to. */
  get canReturn(): boolean {
    return this.left !== null
  }
  /** Goes back to the node that was left, by living it again. */
  goBack(): void {
    const { left } = this
    if (!left) return
    this.left = null
    this.play(left.start, left.recording, 'at once')
  }
  get canUndo(): boolean {
    return this.state === 'on' && lastCommand(this.entries) !== null
  }
  /** What was undone can be done again. */
  get canRedo(): boolean {
    return this.state === 'on' && this.undone.length > 0
  }
  /** The machine as it was before the last command. */
  undo(): void {
    const cut = lastCommand(this.entries)
    if (cut === null || !this.canUndo) return
    const undone = [...this.undone, this.entries]
    this.play(this.start, { ...this.recording, entries: this.entries.slice(0, cut) }, 'at once')
    this.undone = undone
  }
  redo(): void {
    const entries = this.undone.at(-1)
    if (!entries || !this.canRedo) return
    const undone = this.undone.slice(0, -1)
    this.play(this.start, { ...this.recording, entries }, 'at once')
    this.undone = undone
  }
  mark(name: string): void {
    this.marks = [...this.marks, { name, length: this.entries.length }]
    this.tell()
  }
  /** Back to a mark; what came after it can be redone. */
  goTo(mark: Mark): void {
    const { marks } = this
    const undone = this.entries.length > mark.length ? [...this.undone, this.entries] : this.undone
    this.play(this.start, { ...this.recording, entries: this.entries.slice(0, mark.length) }, 'at once')
    this.undone = undone
    this.marks = marks
  }
  /** The same session once more, at a pace. */
  replay(pace: Pace): void {
    this.play(this.start, this.recording, pace)
  }

  private fail(message: string): void {
    this.state = 'failed'
    this.message = message
    this.tell()
  }
  private receive(data: FromWorker): void {
    switch (data.type) {
      case 'began':
        this.state = 'on'
        this.nodes = data.nodes
        promptCame()
        for (const [id, { cols, rows }] of this.sizes) this.fit(id, cols, rows)
        return this.tell()
      case 'replaying':
        if (this.pace !== 'at once') this.state = 'replaying'
        this.replayed = { done: data.done, of: data.of }
        return this.tell()
      case 'output':
        return this.output(data)
      case 'opened':
        this.terminals = [...this.terminals.filter((t) => t.id !== data.terminal), { id: data.terminal, node: data.node, ended: false }].sort((a, b) => a.id - b.id)
        return this.tell()
      case 'ended':
        this.terminals = this.terminals.map((t) => (t.id === data.terminal ? { ...t, ended: true } : t))
        return this.tell()
      case 'logged':
        // An array that only grows: the identity says that something came.
        this.entries = [...this.entries, data.entry]
        return this.logged(data.entry[2])
      case 'result':
        this.waiting.get(data.id)?.(data.result)
        this.waiting.delete(data.id)
        return
      case 'picture':
        this.picture = data.picture
        return this.tell()
      case 'rest':
        this.looked = this.fresh
        for (const listener of this.restListeners) listener()
        return this.tell()
      case 'failed':
        return this.fail(data.message)
    }
  }

  private logged(input: Input): void {
    if (input[0] === 'i' && input[2].includes('\r')) {
      this.fresh = ''
      this.screens.get(input[1])?.entered()
    } else if (input[0] === 'r') this.shown.push({ terminal: input[1], at: this.shown.at(-1)?.at ?? 0, text: '', size: [input[2], input[3]] })
    this.tell()
  }

  // ── terminals ─────────────────────────────────────────────────────────────────────────────────────────
  private output(message: Output): void {
    this.note(message)
    const { terminal, bytes } = message
    const screen = this.screens.get(terminal)
    if (screen) screen.write(bytes, () => this.post({ type: 'shown', bytes: bytes.length }))
    else {
      this.unseen.set(terminal, [...(this.unseen.get(terminal) ?? []), bytes])
      this.post({ type: 'shown', bytes: bytes.length })
    }
  }
  /** Keeps what was printed, for exports and explanations. */
  private note({ terminal, at, bytes }: Output): void {
    const decoder = this.decoders.get(terminal) ?? new TextDecoder()
    this.decoders.set(terminal, decoder)
    const text = decoder.decode(bytes, { stream: true })
    if (this.fresh.length < LOOKED) this.fresh += text
    this.shown.push({ terminal, at, text })
    this.shownLength += text.length
    while (this.shownLength > KEPT) this.shownLength -= this.shown.shift()?.text.length ?? 0
  }
  /** The screen that a terminal has already; it is whose asks first. */
  takeScreen(terminal: number): FirstScreen | null {
    if (terminal !== 0) return null
    const { firstScreen } = this
    this.firstScreen = null
    return firstScreen
  }
  /** Gives a terminal its screen; what came before is written first. */
  attach(terminal: number, screen: Screen): () => void {
    this.screens.set(terminal, screen)
    for (const bytes of this.unseen.get(terminal) ?? []) screen.write(bytes, () => {})
    this.unseen.delete(terminal)
    return () => {
      if (this.screens.get(terminal) === screen) this.screens.delete(terminal)
    }
  }
  private input(input: Input): void {
    this.undone = []
    // What was marked and then undone is another past now.
    this.marks = this.marks.filter((mark) => mark.length <= this.entries.length)
    this.post({ type: 'input', input })
  }
  /** Keys of the student. During a replay they are not taken. */
  type(text: string, terminal = this.active): void {
    if (this.state === 'replaying') return
    this.input(['i', terminal, text])
  }
  sizeOf(terminal: number): { cols: number; rows: number } {
    return this.sizes.get(terminal) ?? UNSEEN
  }
  resize(terminal: number, cols: number, rows: number): void {
    this.sizes.set(terminal, { cols, rows })
    if (this.state === 'on') this.fit(terminal, cols, rows)
  }
  /** Tells the machine a size, once. */
  private fit(terminal: number, cols: number, rows: number): void {
    const last = this.entries.findLast(([, , input]) => (input[0] === 'r' || input[0] === 'o') && input[1] === terminal)?.[2]
    const known = last?.[0] === 'r' ? [last[2], last[3]] : last?.[0] === 'o' ? [last[3], last[4]] : [this.first.cols, this.first.rows]
    if (known[0] !== cols || known[1] !== rows) this.post({ type: 'input', input: ['r', terminal, cols, rows] })
  }
  open(node: string): void {
    const id = this.nextTerminal++
    const { cols, rows } = this.sizes.get(this.active) ?? UNSEEN
    this.active = id
    this.input(['o', id, node, cols, rows])
  }
  activate(terminal: number): void {
    this.active = terminal
    this.tell()
  }
  closeTerminal(terminal: number): void {
    this.input(['c', terminal])
    this.terminals = this.terminals.filter((t) => t.id !== terminal)
    this.sizes.delete(terminal)
    if (this.active === terminal) this.active = this.terminals[0]?.id ?? 0
    this.tell()
  }
  /** Runs a check on a node, out of sight. */
  exec(node: string, script: string): Promise<ExecResult> {
    const id = this.nextId++
    return new Promise((resolve) => {
      this.waiting.set(id, resolve)
      this.post({ type: 'exec', id, node, script })
    })
  }
  close(): void {
    this.boots++
    this.firstScreen?.dispose()
    this.firstScreen = null
    this.worker?.terminate()
    this.worker = null
    this.unsent = null
    this.state = 'off'
  }
}

/** Once the page has been drawn; at once where it is not looked at. */
function afterFrame(act: () => void): void {
  if (document.hidden) setTimeout(act)
  else requestAnimationFrame(() => setTimeout(act))
}
