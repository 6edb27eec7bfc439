/** docker update (cli/command/container/update.go). */
import type { HostConfig } from '../../../../../docker/types'
import { command, each, Refused } from '../../command'
import { nanoCpus, restartPolicy, sizeOf } from '../../create-options'

export default command({
  flags: ['cpu-period', 'cpu-quota', 'cpu-shares', 'cpus', 'cpuset-cpus', 'cpuset-mems', 'memory', 'memory-reservation', 'memory-swap', 'pids-limit', 'restart'],
  *run(context) {
    const { io, flags, args } = context
    if (flags.given().length === 0) throw new Refused('you must provide one or more flags when using this command')
    const given = <K extends keyof HostConfig>(flag: string, key: K, value: () => HostConfig[K]): Partial<HostConfig> => (flags.text(flag) === undefined ? {} : { [key]: value() })
    const changes: Partial<HostConfig> = {
      ...given('cpu-period', 'CpuPeriod', () => flags.number('cpu-period')), ...given('cpu-quota', 'CpuQuota', () => flags.number('cpu-quota')), ...given('cpu-shares', 'CpuShares', () => flags.number('cpu-shares')),
      ...given('cpus', 'NanoCpus', () => nanoCpus(context)), ...given('cpuset-cpus', 'CpusetCpus', () => flags.text('cpuset-cpus') ?? ''), ...given('cpuset-mems', 'CpusetMems', () => flags.text('cpuset-mems') ?? ''),
      ...given('memory', 'Memory', () => sizeOf(context, 'memory')), ...given('memory-reservation', 'MemoryReservation', () => sizeOf(context, 'memory-reservation')),
      ...given('memory-swap', 'MemorySwap', () => sizeOf(context, 'memory-swap')), ...given('pids-limit', 'PidsLimit', () => flags.number('pids-limit')),
      ...given('restart', 'RestartPolicy', () => restartPolicy(flags.text('restart') ?? '')),
    }
    return yield* each(context, args, function* (name) {
      yield* context.call((docker) => docker.containers.update(name, changes))
      io.out(`${name}\n`)
    })
  },
})
