/** The command line of the lab. */
export interface Options {
  readonly scenario: string
  readonly node: string | undefined
  readonly json: boolean
  readonly fresh: boolean
  readonly file: string | undefined
}

export type CommandName = 'shell' | 'exec' | 'tty'

const USAGE = `usage: lab [--scenario NAME|FILE] [--node NAME]
       lab exec [--scenario NAME|FILE] [--node NAME] [--json [--fresh]] [FILE]
       lab tty [--scenario NAME|FILE] [--node NAME]
`

/** Reads the arguments; prints the usage and ends the process when they make no sense. */
export function parseOptions(args: readonly string[]): { command: CommandName; options: Options } {
  let command: CommandName = 'shell'
  let scenario = 'notes'
  let node: string | undefined
  let file: string | undefined
  const flags = { json: false, fresh: false }
  const rest = [...args]
  const value = (name: string): string => {
    const next = rest.shift()
    if (next === undefined) fail(`${name} needs a value`)
    return next
  }
  if (rest[0] === 'exec' || rest[0] === 'tty') command = rest.shift() as CommandName
  while (rest.length > 0) {
    const arg = rest.shift() ?? ''
    if (arg === '--scenario') scenario = value(arg)
    else if (arg === '--node') node = value(arg)
    else if (arg === '--json' && command === 'exec') flags.json = true
    else if (arg === '--fresh' && command === 'exec') flags.fresh = true
    else if (arg === '--help' || arg === '-h') {
      process.stdout.write(USAGE)
      process.exit(0)
    } else if (!arg.startsWith('-') && command === 'exec' && file === undefined) file = arg
    else fail(`unknown argument ${arg}`)
  }
  return { command, options: { scenario, node, file, ...flags } }
}

function fail(why: string): never {
  process.stderr.write(`lab: ${why}\n${USAGE}`)
  process.exit(2)
}
