/** What every object of ip(8) needs: the options, colours, words of its errors, and names of namespaces. */
import { isErrno } from '../../../kernel/errno'
import type { Family } from '../../../kernel/net/address'
import type { LinkView, Netlink } from '../../../kernel/net/rtnetlink'
import type { Run } from '../../../kernel/run'
import type { Io } from '../../program'
import { type Json, renderJson } from '../json'

export const NETNS_DIR = '/run/netns'

export interface IpOptions {
  readonly family: Family | 'link' | undefined
  readonly brief: boolean
  readonly oneline: boolean
  readonly details: boolean
  readonly statistics: number
  readonly json: boolean
  readonly pretty: boolean
  readonly color: boolean
  readonly all: boolean
}

type Paint = 'ifname' | 'mac' | 'inet' | 'inet6' | 'up' | 'down'
const COLORS: { readonly [P in Paint]: number } = { ifname: 36, mac: 33, inet: 35, inet6: 34, up: 32, down: 31 }

export class Ip {
  readonly io: Io
  readonly options: IpOptions
  constructor(io: Io, options: IpOptions) {
    this.io = io
    this.options = options
  }
  get net(): Netlink {
    return this.io.sys.net
  }
  get links(): LinkView[] {
    return this.net.links()
  }
  paint(what: Paint, text: string): string {
    return this.options.color ? `\u001b[${COLORS[what]}m${text}\u001b[0m` : text
  }
  address(text: string, family: Family): string {
    return this.paint(family, text)
  }
  json(value: Json): void {
    this.io.out(renderJson(value, this.options.pretty ? 'pretty' : 'line'))
  }
  /** Prints a message and ends. */
  die(code: number, message: string): never {
    this.io.err(`${message}\n`)
    return this.io.exit(code)
  }
  garbage(word: string): never {
    return this.die(255, `Error: either "dev" is duplicate, or "${word}" is a garbage.`)
  }
  unknownCommand(word: string, object: string): never {
    return this.die(255, `Command "${word}" is unknown, try "ip ${object} help".`)
  }
  invalid(word: string, what: string): never {
    return this.die(255, `Error: argument "${word}" is wrong: ${what}`)
  }
  notSimulated(): never {
    return this.die(125, `${this.io.name}: not simulated in this lab`)
  }
  /** The link of that name, or the words for there being none. */
  cannotFind(name: string): never {
    return this.die(1, `Cannot find device "${name}"`)
  }
  needLink(name: string): LinkView {
    return this.links.find((link) => link.name === name) ?? this.cannotFind(name)
  }
  /** Makes a change; what the kernel refuses is reported in its own words where it sends some. */
  change(work: () => void, words: { readonly [code: string]: string } = {}): void {
    try {
      work()
    } catch (error) {
      if (!isErrno(error)) throw error
      const special = words[error.code]
      this.die(2, special === undefined ? `RTNETLINK answers: ${error.message}` : `Error: ${special}`)
    }
  }
  /** Names under /run/netns by the id that this namespace knows them by. */
  *namesById(): Run<Map<number, string>> {
    const names = new Map<number, string>()
    const { sys } = this.io
    let entries: string[] = []
    try {
      entries = sys.readdir(NETNS_DIR).map((entry) => entry.name)
    } catch (error) {
      if (!isErrno(error)) throw error
    }
    for (const name of entries) {
      const fd = yield* openNetns(this.io, name)
      if (fd === undefined) continue
      try {
        const id = sys.net.netnsId({ fd })
        if (id !== undefined && !names.has(id)) names.set(id, name)
      } catch (error) {
        if (!isErrno(error)) throw error
      } finally {
        sys.close(fd)
      }
    }
    return names
  }
}

/** A descriptor of a named namespace; undefined when there is none. */
export function* openNetns(io: Io, name: string): Run<number | undefined> {
  try {
    return yield* io.sys.open(name.includes('/') ? name : `${NETNS_DIR}/${name}`, { read: true, closeOnExec: true })
  } catch (error) {
    if (isErrno(error, 'ENOENT', 'ENOTDIR')) return undefined
    throw error
  }
}

/** Words are abbreviated as the C source's `matches` lets them: the first that begins so. */
export const matching = <W extends string>(word: string, words: readonly W[]): W | undefined => words.find((each) => each.startsWith(word))

/** The words after a command, taken one by one. */
export class Words {
  private readonly words: readonly string[]
  private at = 0
  private readonly ip: Ip
  constructor(ip: Ip, words: readonly string[]) {
    this.ip = ip
    this.words = words
  }
  get more(): boolean {
    return this.at < this.words.length
  }
  peek(): string | undefined {
    return this.words[this.at]
  }
  next(): string {
    const word = this.words[this.at++]
    return word === undefined ? this.ip.die(255, 'Command line is not complete. Try option "help"') : word
  }
  rest(): readonly string[] {
    const rest = this.words.slice(this.at)
    this.at = this.words.length
    return rest
  }
}
