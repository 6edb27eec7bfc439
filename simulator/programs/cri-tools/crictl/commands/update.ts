/** crictl update: update one or more running containers, as crictl 1.26.0 has it. */
import { command } from '../../../urfave/command'
import { int, string } from '../../../urfave/flag'
import { isGrpc } from '../../../../containerd/grpc'
import { quote } from '../../../go/strconv'
import { Failure } from '../../../urfave/context'
import { connect, containerLog, needId, reason } from '../client'
import { toldUpdate } from '../told'

export default command({
  name: 'update',
  usage: 'Update one or more running containers',
  args: 'CONTAINER-ID [CONTAINER-ID...]',
  flags: [
    int('cpu-count', '(Windows only) Number of CPUs available to the container'),
    int('cpu-maximum', '(Windows only) Portion of CPU cycles specified as a percentage * 100'),
    int('cpu-period', 'CPU CFS period to be used for hardcapping (in usecs). 0 to use system default'),
    int('cpu-quota', 'CPU CFS hardcap limit (in usecs). Allowed cpu time in a given period'),
    int('cpu-share', 'CPU shares (relative weight vs. other containers)'),
    string('cpuset-cpus', 'CPU(s) to use'),
    string('cpuset-mems', 'Memory node(s) to use'),
    int('memory', 'Memory limit (in bytes)'),
  ],
  *run(context) {
    if (context.args.length === 0) return context.showHelp()
    const cri = yield* connect(context)
    const wanted = {
      cpu_period: context.number('cpu-period'), cpu_quota: context.number('cpu-quota'), cpu_shares: context.number('cpu-share'), cpuset_cpus: context.string('cpuset-cpus'),
      cpuset_mems: context.string('cpuset-mems'), memory_limit_in_bytes: context.number('memory'),
    }
    const linux = Object.fromEntries(Object.entries(wanted).filter(([, value]) => value !== 0 && value !== ''))
    for (const id of context.args) {
      try {
        needId(id)
        yield* cri.call((s) => s.runtime.updateContainerResources(id, linux), containerLog(444, 'UpdateContainerResources', id), toldUpdate(id, linux))
      } catch (error) {
        if (!isGrpc(error) && !(error instanceof Failure)) throw error
        throw new Failure(`updating container resources for ${quote(id)}: ${reason(error)}`)
      }
      context.io.out(`${id}\n`)
    }
  },
})
