/**
 * What of a command is not simulated, option by option: asked of the command itself on a node of the lab, so that the reference says what a student
 * would be told. Its help says which options and subcommands there are; each is tried, and refused if it says so and exits with 125.
 */
import type { Session } from '../../simulator'
import { declare } from '../../simulator/programs/options/declare'

/** With none and with two: some commands look at their operands first. */
const OPERANDS = ['', '/etc/passwd /tmp/refused'] as const
const DEEPEST = 3
/** These do what they say to the node that is asked. */
const UNASKED = new Set(['kill', 'killall', 'killall5', 'pkill', 'skill', 'reboot', 'shutdown', 'halt', 'poweroff', 'sh', 'bash', 'dash', 'busybox', 'apt', 'apt-get'])

export async function refusedBy(session: Session, name: string, help: string): Promise<readonly string[]> {
  if (UNASKED.has(name) || help === '') return []
  return await below(session, [name], help)
}

async function below(session: Session, path: readonly string[], help: string): Promise<string[]> {
  const said = path.slice(1).join(' ')
  const inner = path.length <= DEEPEST ? subcommands(help) : []
  if (inner.length === 0 && path.length > 1 && (await refused(session, [path.join(' ')])).length > 0) return [said]
  const own = await refused(session, optionsOf(help).flatMap((option) => OPERANDS.map((operands) => `${path.join(' ')} ${option} ${operands}`)))
  const found = new Set(own.map((line) => `${said} ${(line.slice(path.join(' ').length).trim().split(' ')[0] ?? '').replace(/=1$/, '')}`.trim()))
  for (const name of inner) {
    const { stdout } = await session.run({ cmd: `${path.join(' ')} ${name} --help </dev/null` })
    for (const part of await below(session, [...path, name], stdout)) found.add(part)
  }
  return [...found]
}

/** Of these command lines those that are refused. */
async function refused(session: Session, lines: readonly string[]): Promise<string[]> {
  if (lines.length === 0) return []
  const script = lines.map((line, i) => `timeout -s KILL 2 ${line} </dev/null >/dev/null 2>/tmp/said; [ $? = 125 ] && grep -q 'not simulated in this lab' /tmp/said && echo ${i}`).join('\n')
  const { stdout } = await session.run({ cmd: script })
  return stdout.split('\n').flatMap((i) => (i === '' ? [] : (lines[Number(i)] ?? [])))
}

/** Each option once, by its long name where it has one, with a value where it wants one. */
function optionsOf(help: string): string[] {
  const { short, long } = declare([help.replace(/ value\b/g, '=VALUE')])
  const named = new Map([...[...short].map(([letter, option]) => [option, `-${letter}`] as const), ...[...long].map(([word, option]) => [option, `--${word}`] as const)])
  return [...named].flatMap(([option, text]) => (/^--?(help|version|h|v)$/.test(text) ? [] : option.argument === 'required' ? (text.startsWith('--') ? `${text}=1` : `${text}1`) : text))
}

/** What stands below COMMANDS in a help text of urfave/cli. */
const subcommands = (help: string): string[] => [...(/\nCOMMANDS:\n((?: {3}.*\n)+)/.exec(help)?.[1] ?? '').matchAll(/^ {3}([a-z][\w-]*)/gm)].flatMap(([, name]) => (name && name !== 'help' ? name : []))
