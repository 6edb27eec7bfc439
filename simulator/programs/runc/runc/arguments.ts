/** How many arguments a command of runc takes (utils.go checkArgs), and what every command asks of its context. */
import { RuncError } from '../../../containerd/runc/index'
import type { Context } from '../../urfave/context'

type Expected = { readonly exactly: number } | { readonly least: number; readonly most?: number }

/** Shows the command's help when there are too few or too many. */
export function checkArguments(context: Context, expected: Expected): void {
  const name = context.path.at(-1) ?? ''
  const given = context.args.length
  const wrong = 'exactly' in expected
    ? given !== expected.exactly && `exactly ${expected.exactly}`
    : given < expected.least ? `a minimum of ${expected.least}` : given > (expected.most ?? given) && `a maximum of ${expected.most}`
  if (!wrong) return
  context.io.out('Incorrect Usage.\n\n')
  context.showHelp()
  throw new RuncError(`runc: "${name}" requires ${wrong} argument(s)`)
}

/** Where the states of containers lie. */
export const rootOf = (context: Context): string => absolute(context, context.string('root'))

export const absolute = (context: Context, path: string): string => (path.startsWith('/') ? path : `${context.sys.getcwd()}/${path}`)
