/** crictl config: get and set crictl client configuration options, as crictl 1.26.0 has it. */
import { command } from '../../../urfave/command'
import { string, strings } from '../../../urfave/flag'
import { decode } from '../../../../kernel/bytes'
import { isErrno } from '../../../../kernel/errno'
import type { Run } from '../../../../kernel/run'
import { type Context, Failure } from '../../../urfave/context'
import { checked, type Config, parseConfig, writeConfig } from '../settings'
import { CLEAR } from '../sample'
import { table } from '../show'

const CONFIG_ARGS = `[<crictl options>]

EXAMPLE:
   crictl config --set debug=true

CRICTL OPTIONS:
   runtime-endpoint:\tContainer runtime endpoint
   image-endpoint:\tImage endpoint
   timeout:\tTimeout of connecting to server (default: 2s)
   debug:\tEnable debug output (default: false)
   pull-image-on-create:\tEnable pulling image on create requests (default: false)
   disable-pull-on-run:\tDisable pulling image on run requests (default: false)`

export default command({
  name: 'config',
  usage: 'Get and set crictl client configuration options',
  args: CONFIG_ARGS,
  flags: [
    string('get', 'show the option value'),
    strings('set', 'set option (can specify multiple or separate values with commas: opt1=val1,opt2=val2)'),
  ],
  shortOptions: 'joined',
  *run(context) {
    const { sys, io } = context
    const path = context.string('config')
    const text = yield* fileOf(context, path)
    let config: Config
    try {
      config = parseConfig(text)
    } catch (error) {
      if (error instanceof Failure) throw new Failure(`load config file: ${error.message}`)
      throw error
    }
    if (context.knows('list') && context.bool('list')) {
      io.out(`${CLEAR}${table([['KEY', 'VALUE'], ...config])}`)
      return
    }
    if (context.isSet('get')) {
      const name = context.string('get')
      const value = config.get(name)
      if (value === undefined) throw new Failure(`no configuration option named ${name}`)
      io.out(`${value}\n`)
      return
    }
    const next = new Map(config)
    const set = (name: string, value: string): void => {
      next.set(name, checked(name, value, `parse ${name} value '${value}'`))
    }
    if (context.isSet('set')) {
      for (const option of context.strings('set')) {
        const pair = option.split('=')
        if (pair.length !== 2) throw new Failure(`incorrectly specified option: ${option}`)
        set(pair[0] ?? '', pair[1] ?? '')
      }
    } else {
      if (context.arg(0) === '') return context.showHelp()
      set(context.arg(0), context.arg(1))
    }
    yield* writeConfig(sys, path, next)
  },
})

/** Its text; a file that is not there is made, with the defaults. */
function* fileOf({ sys }: Context, path: string): Run<string> {
  try {
    return decode(yield* sys.readFile(path))
  } catch (error) {
    if (!isErrno(error, 'ENOENT')) throw error
  }
  yield* writeConfig(sys, path, new Map())
  return decode(yield* sys.readFile(path))
}
