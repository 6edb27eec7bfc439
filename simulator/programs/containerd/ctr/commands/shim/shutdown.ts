/** ctr shim shutdown: shutdown shim if there is no active container, as ctr 2.2.0 has it. */
import { notSimulated } from '../../../../urfave/command'
import { int } from '../../../../urfave/flag'

export default notSimulated({ name: 'shutdown', usage: 'Shutdown shim if there is no active container', flags: [int('api-version', 'shim API version {2,3}', { value: '3' })] })
