/** crictl update: update one or more running containers, as crictl 1.26.0 has it. */
import { notSimulated } from '../../../urfave/command'
import { int, string } from '../../../urfave/flag'

export default notSimulated({
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
})
