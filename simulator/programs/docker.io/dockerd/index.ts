/** dockerd: the Docker daemon (docker.io), and under the name libnetwork-setkey the hook that runc runs for it. */
import { runDockerd } from '../../../docker/daemon'
import { runSetKey, SETKEY_NAME } from '../../../docker/network/setkey'
import { RELEASE } from '../../../docker/release'
import { CONTAINERD_SOCKET } from '../../../containerd/services'
import { program } from '../../program'

const FLAGS = /^(-H|--host|--containerd|--iptables|--ip6tables|--log-level|-l)(=.*)?$/

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
    const strange = io.args.find((arg, i) => arg.startsWith('-') ? !FLAGS.test(arg) : !/^(-H|--host|-l|--log-level|--containerd)$/.test(io.args[i - 1] ?? ''))
    if (strange !== undefined) {
      io.err(`dockerd ${strange}: not simulated in this lab\n`)
      return 125
    }
    return yield* runDockerd(io.sys, { containerd: io.args.find((arg) => arg.startsWith('--containerd='))?.slice('--containerd='.length) ?? CONTAINERD_SOCKET })
  },
})
