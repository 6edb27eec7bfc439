/** ctr install: install a new package, as ctr 1.6.20 has it. */
import { notSimulated } from '../../../urfave/command'
import { bool, string } from '../../../urfave/flag'

export default notSimulated({
  name: 'install',
  usage: 'install a new package',
  args: '<ref>',
  description: 'install a new package',
  flags: [
    bool('libs, l', 'install libs from the image'),
    bool('replace, r', 'replace any binaries or libs in the opt directory'),
    string('path', 'set an optional install path other than the managed opt directory'),
  ],
})
