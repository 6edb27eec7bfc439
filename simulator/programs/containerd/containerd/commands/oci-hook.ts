/** containerd oci-hook: runs a program with what a hook is told put into its arguments and environment (cmd/containerd/command/oci-hook.go). */
import { isErrno } from '../../../../kernel/errno'
import { execute, type Options, TemplateError, textFunction } from '../../../go/template/execute'
import { command } from '../../../urfave/command'
import { ExitError, Failure } from '../../../urfave/context'
import { type HookState, readHookState } from '../hook'
import { nothingToRun } from '../panic'

export default command({
  name: 'oci-hook',
  usage: 'provides a base for OCI runtime hooks to allow arguments to be injected.',
  *run(context) {
    const { sys } = context
    const functions = told(yield* readHookState(context))
    const args = context.args.map((arg) => filled(arg, functions))
    const env = new Map([...sys.env].map(([name, value]) => [name, filled(value, functions)]))
    const [program] = args
    if (program === undefined) throw new ExitError(nothingToRun(sys), PANIC)
    try {
      return yield* sys.exec(program, args, env)
    } catch (error) {
      if (!isErrno(error)) throw error
      throw new Failure(error.message.toLowerCase())
    }
  },
})

/** Go's status for a panic. */
const PANIC = 2

const told = (state: HookState): NonNullable<Options['functions']> => ({
  id: { takes: [], call: () => state.id },
  bundle: { takes: [], call: () => state.bundle },
  rootfs: { takes: [], call: () => state.rootfs },
  pid: { takes: [], call: () => BigInt(state.pid) },
  status: { takes: [], call: () => state.status },
  annotation: textFunction((name) => state.annotations.get(name) ?? ''),
})

function filled(text: string, functions: NonNullable<Options['functions']>): string {
  try {
    return execute(text, {}, { name: 'oci-hook', functions, missingKey: 'shown', numbers: 'float64' })
  } catch (error) {
    if (!(error instanceof TemplateError)) throw error
    throw new Failure(error.message)
  }
}
