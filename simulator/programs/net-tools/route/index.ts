/** route(8) of net-tools 2.10: shows the routing table. Changing it is not simulated: `ip route` does. */
import { optionsOf } from '../../options/call'
import { declare } from '../../options/declare'
import { program } from '../../program'
import { namesFor } from '../names'
import { type Columns, inet6Routes, inetRoutes } from '../routing'
import { FAMILIES, HARDWARE, RELEASE, ROUTING_FAMILIES, usage, wrongCall } from '../version'

const USAGE = `Usage: route [-nNvee] [-FC] [<AF>]           List kernel routing tables
       route [-v] [-FC] {add|del|flush} ...  Modify routing table for AF.

       route {-h|--help} [<AF>]              Detailed usage syntax for specified AF.
       route {-V|--version}                  Display version/author and exit.

        -v, --verbose            be verbose
        -n, --numeric            don't resolve names
        -e, --extend             display other/more information
        -F, --fib                display Forwarding Information Base (default)
        -C, --cache              display routing cache instead of FIB

  <AF>=Use -4, -6, '-A <af>' or '--<af>'; default: inet
  List of possible address families (which support routing):
`
const DECLARED = declare(['  -A, --protocol FAMILY\n  -4, --inet\n  -6, --inet6\n  -N, --symbolic\n  -V, --version\n  -h, --help\n  -v, --verbose\n  -n, --numeric\n  -e, --extend\n  -F, --fib\n  -C, --cache\n'])

export default program({
  paths: ['/usr/sbin/route'],
  summary: 'show the IP routing table',
  *run(io) {
    const options = optionsOf(io, DECLARED, wrongCall(io, [[USAGE, ROUTING_FAMILIES]], 0))
    if (options.has('version')) {
      io.out(`${RELEASE}+NEW_ADDRT +RTF_IRTT +RTF_REJECT +I18N +SELINUX\n${FAMILIES}HW:  ${HARDWARE}`)
      return 0
    }
    const [verb] = options.operands
    const known = verb === undefined || ['add', 'del', 'flush'].includes(verb)
    if (options.has('help') || !known) return usage(io, [[USAGE, ROUTING_FAMILIES]], known ? 0 : 3)
    if (verb !== undefined || options.has('protocol', 'cache', 'symbolic')) {
      io.err(`${io.name}: not simulated in this lab\n`)
      return 125
    }
    const numeric = options.has('numeric')
    const names = yield* namesFor(io.sys, { hosts: numeric, ports: numeric })
    const columns: Columns = options.given.filter(({ name }) => name === 'extend').length > 1 ? 'all' : options.has('extend') ? 'window' : 'metric'
    const { text, status } = options.has('inet6') ? yield* inet6Routes(io.sys, names) : yield* inetRoutes(io.sys, columns, names, numeric ? '0.0.0.0' : 'default')
    io.out(text)
    return status
  },
})
