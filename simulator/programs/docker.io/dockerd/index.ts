/** dockerd: the Docker daemon (docker.io), and under the name libnetwork-setkey the hook that runc runs for it. */
import { runDockerd } from '../../../docker/daemon'
import { runSetKey, SETKEY_NAME } from '../../../docker/network/setkey'
import { DOCKER_SOCKET } from '../../../docker/services'
import { RELEASE } from '../../../docker/release'
import { CONTAINERD_SOCKET } from '../../../containerd/services'
import { program } from '../../program'

/** Its options, and the values of each that mean what this one does. */
const OPTIONS: Readonly<Record<string, RegExp>> = {
  '--host': new RegExp(`^(fd://|unix://(${DOCKER_SOCKET.replace('/var/run', '(/var)?/run')})?)$`), '--containerd': /./, '--iptables': /^false$/, '--ip6tables': /^false$/, '--log-level': /^(debug|info|warn|error|fatal)$/,
}
const SHORT: Readonly<Record<string, string>> = { '-H': '--host', '-l': '--log-level' }
/** Switches need no value. */
const SWITCHES = ['--iptables', '--ip6tables']

export default program({
  paths: ['/usr/sbin/dockerd'],
  threads: 9,
  size: 68_874_808,
  called: 'by-path',
  summary: 'the Docker daemon: images, containers, networks and volumes, over containerd',
  memory: { vmSize: 1_390_440, vmRSS: 73_112 },
  *run(io) {
    if (io.name === SETKEY_NAME) return yield* runSetKey(io.sys)
    if (io.args.includes('--version') || io.args.includes('-v')) {
      io.out(`Docker version ${RELEASE.version}, build ${RELEASE.serverCommit}\n`)
      return 0
    }
    let containerd = CONTAINERD_SOCKET
    for (let i = 0; i < io.args.length; i++) {
      const arg = io.args[i] ?? ''
      const [given = '', attached] = arg.split(/=(.*)/s)
      const name = SHORT[given] ?? given
      const value = attached ?? (SWITCHES.includes(name) ? 'true' : (io.args[++i] ?? ''))
      if (!OPTIONS[name]?.test(value)) {
        io.err(`dockerd ${arg}: not simulated in this lab\n`)
        return 125
      }
      if (name === '--containerd') containerd = value
    }
    return yield* runDockerd(io.sys, { containerd })
  },
})
