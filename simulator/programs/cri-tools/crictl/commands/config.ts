/** crictl config: get and set crictl client configuration options, as crictl 1.26.0 has it. */
import { notSimulated } from '../../../urfave/command'
import { string, strings } from '../../../urfave/flag'

const CONFIG_USAGE = `crictl config [command options] [<crictl options>]

EXAMPLE:
   crictl config --set debug=true

CRICTL OPTIONS:
   runtime-endpoint:\tContainer runtime endpoint
   image-endpoint:\tImage endpoint
   timeout:\tTimeout of connecting to server (default: 2s)
   debug:\tEnable debug output (default: false)
   pull-image-on-create:\tEnable pulling image on create requests (default: false)
   disable-pull-on-run:\tDisable pulling image on run requests (default: false)`

export default notSimulated({
  name: 'config',
  usage: 'Get and set crictl client configuration options',
  usageText: CONFIG_USAGE,
  flags: [
    string('get', 'show the option value'),
    strings('set', 'set option (can specify multiple or separate values with commas: opt1=val1,opt2=val2)'),
  ],
  shortOptions: 'joined',
})
