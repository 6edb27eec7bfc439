/** runc update: update container resource constraints (runc 1.1.5 update.go, runc-update(8)). */
import { command } from '../../../urfave/command'
import { int, string } from '../../../urfave/flag'
import { checkArguments } from '../arguments'
import { updateContainer } from '../update'

export default () => command({
  name: 'update',
  usage: 'update container resource constraints',
  args: '<container-id>',
  flags: [
    string('resources, r', `path to the file containing the resources to update or '-' to read from the standard input

The accepted format is as follow (unchanged values can be omitted):

{
  "memory": {
    "limit": 0,
    "reservation": 0,
    "swap": 0
  },
  "cpu": {
    "shares": 0,
    "quota": 0,
    "period": 0,
    "realtimeRuntime": 0,
    "realtimePeriod": 0,
    "cpus": "",
    "mems": ""
  },
  "blockIO": {
    "weight": 0
  }
}

Note: if data is to be read from a file or the standard input, all
other options are ignored.`),
    int('blkio-weight', 'Specifies per cgroup weight, range is from 10 to 1000'),
    string('cpu-period', 'CPU CFS period to be used for hardcapping (in usecs). 0 to use system default'),
    string('cpu-quota', 'CPU CFS hardcap limit (in usecs). Allowed cpu time in a given period'),
    string('cpu-share', 'CPU shares (relative weight vs. other containers)'),
    string('cpu-rt-period', 'CPU realtime period to be used for hardcapping (in usecs). 0 to use system default'),
    string('cpu-rt-runtime', 'CPU realtime hardcap limit (in usecs). Allowed cpu time in a given period'),
    string('cpuset-cpus', 'CPU(s) to use'),
    string('cpuset-mems', 'Memory node(s) to use'),
    string('kernel-memory', '(obsoleted; do not use)', { hidden: 'hidden' }),
    string('kernel-memory-tcp', '(obsoleted; do not use)', { hidden: 'hidden' }),
    string('memory', 'Memory limit (in bytes)'),
    string('memory-reservation', 'Memory reservation or soft_limit (in bytes)'),
    string('memory-swap', "Total memory usage (memory + swap); set '-1' to enable unlimited swap"),
    int('pids-limit', 'Maximum number of pids allowed in the container'),
    string('l3-cache-schema', 'The string of Intel RDT/CAT L3 cache schema'),
    string('mem-bw-schema', 'The string of Intel RDT/MBA memory bandwidth schema'),
  ],
  *run(context) {
    checkArguments(context, { exactly: 1 })
    yield* updateContainer(context)
  },
})
