/** The commands of redis-server, with their arities and the errors of processCommand (src/server.c, src/t_string.c of redis 7.0). */
import { ok, type Reply } from '../resp'

const text = (value: string | undefined): Reply => (value === undefined ? { type: 'nothing' } : { type: 'text', text: value })
const number = (value: number): Reply => ({ type: 'number', value })
const error = (words: string): Reply => ({ type: 'error', text: words })

interface Command {
  /** Words with the command's own; negative: at least so many. */
  readonly arity: number
  readonly run: (args: readonly string[], data: Map<string, string>) => Reply
}

const COMMANDS: Readonly<Record<string, Command>> = {
  ping: { arity: -1, run: ([word]) => (word === undefined ? { type: 'status', text: 'PONG' } : text(word)) },
  echo: { arity: 2, run: ([word]) => text(word) },
  get: { arity: 2, run: ([key = ''], data) => text(data.get(key)) },
  set: {
    arity: 3,
    run: ([key = '', value = ''], data) => {
      data.set(key, value)
      return ok
    },
  },
  del: { arity: -2, run: (keys, data) => number(keys.filter((key) => data.delete(key)).length) },
  exists: { arity: -2, run: (keys, data) => number(keys.filter((key) => data.has(key)).length) },
  incr: {
    arity: 2,
    run: ([key = ''], data) => {
      const value = data.get(key) ?? '0'
      if (!/^-?\d+$/.test(value)) return error('ERR value is not an integer or out of range')
      data.set(key, String(Number(value) + 1))
      return number(Number(value) + 1)
    },
  },
  keys: { arity: 2, run: ([pattern = ''], data) => ({ type: 'list', items: [...data.keys()].filter((key) => glob(pattern).test(key)).map(text) }) },
  dbsize: { arity: 1, run: (_, data) => number(data.size) },
  flushall: {
    arity: -1,
    run: (_, data) => {
      data.clear()
      return ok
    },
  },
  quit: { arity: -1, run: () => ok },
}

const glob = (pattern: string): RegExp => new RegExp(`^${pattern.replace(/[.+^${}()|\\]/g, '\\$&').replaceAll('*', '.*').replaceAll('?', '.')}$`)

/** What the server replies to a request, given what it holds. */
export function answer([name = '', ...args]: readonly string[], data: Map<string, string>): Reply {
  const command = COMMANDS[name.toLowerCase()]
  if (!command) return error(`ERR unknown command '${name.slice(0, 128)}', with args beginning with: ${args.map((arg) => `'${arg}' `).join('')}`)
  const count = args.length + 1
  if (command.arity > 0 ? count !== command.arity : count < -command.arity) return error(`ERR wrong number of arguments for '${name.toLowerCase()}' command`)
  return command.run(args, data)
}
