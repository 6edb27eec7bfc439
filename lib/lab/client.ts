/** The page's side of the lab: one worker, one terminal. Listeners are plain functions; React subscribes in hooks. */
import type { ExecResult, Picture, Scenario } from '../../simulator'
import type { FromWorker, Start, ToWorker } from './protocol'

export type LabState = 'off' | 'starting' | 'on' | 'failed'

type Listener = () => void

export class LabClient {
  state: LabState = 'off'
  message = ''
  picture: Picture | null = null
  /** What the terminal shows; called with every piece of output. */
  onOutput: (bytes: Uint8Array) => void = () => {}
  /** A new start: the terminal is to be cleared. */
  onReset: () => void = () => {}
  private worker: Worker | null = null
  private readonly scenario: Scenario
  private readonly basePath: string
  private readonly listeners = new Set<Listener>()
  private readonly restListeners = new Set<Listener>()
  private readonly waiting = new Map<number, (result: ExecResult) => void>()
  private nextId = 1
  private size = { cols: 80, rows: 24 }
  /** Everything typed since the last start, so that a section can be left and found again. */
  private typed: string[] = []
  private start: Start
  private left: { start: Start; typed: string[] } | null = null
  constructor(scenario: Scenario, basePath: string, start: Start) {
    this.scenario = scenario
    this.basePath = basePath
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
    this.worker?.postMessage(message)
  }
  /** Stands the machine up at a section's start. */
  begin(start: Start): void {
    if (this.typed.length > 0) this.left = { start: this.start, typed: this.typed }
    this.boot(start)
  }
  private boot(start: Start): void {
    this.worker?.terminate()
    this.waiting.clear()
    this.start = start
    this.typed = []
    this.state = 'starting'
    this.onReset()
    this.worker = new Worker(new URL('./worker.ts', import.meta.url), { type: 'module' })
    this.worker.onmessage = ({ data }: MessageEvent<FromWorker>) => this.receive(data)
    this.worker.onerror = (event) => this.fail(event.message || 'the lab could not be loaded')
    this.post({ type: 'begin', scenario: this.scenario, start, ...this.size, basePath: this.basePath })
    this.tell()
  }
  /** True when there is another node's session to go back to. */
  get canReturn(): boolean {
    return this.left !== null
  }
  /** Goes back to the node that was left, by typing again what was typed there. */
  async goBack(): Promise<void> {
    const { left } = this
    if (!left) return
    this.left = null
    this.boot(left.start)
    await this.ready()
    for (const text of left.typed) this.type(text)
  }
  private ready(): Promise<void> {
    return new Promise((resolve) => {
      if (this.state === 'on') return resolve()
      const stop = this.subscribe(() => {
        if (this.state === 'starting') return
        stop()
        resolve()
      })
    })
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
        this.tell()
        break
      case 'output':
        this.onOutput(data.bytes)
        break
      case 'result':
        this.waiting.get(data.id)?.(data.result)
        this.waiting.delete(data.id)
        break
      case 'picture':
        this.picture = data.picture
        this.tell()
        break
      case 'rest':
        for (const listener of this.restListeners) listener()
        break
      case 'failed':
        this.fail(data.message)
        break
    }
  }
  /** The terminal has shown so many bytes. */
  shown(bytes: number): void {
    this.post({ type: 'shown', bytes })
  }
  /** Keys of the student. */
  type(text: string): void {
    this.typed.push(text)
    this.post({ type: 'input', bytes: new TextEncoder().encode(text) })
  }
  resize(cols: number, rows: number): void {
    this.size = { cols, rows }
    this.post({ type: 'resize', cols, rows })
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
    this.worker?.terminate()
    this.worker = null
    this.state = 'off'
  }
}
