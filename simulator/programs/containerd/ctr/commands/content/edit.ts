/** ctr content edit: edit a blob and return a new digest, as ctr 1.6.20 has it. */
import { notSimulated } from '../../../../urfave/command'
import { string } from '../../../../urfave/flag'

export default notSimulated({
  name: 'edit',
  usage: 'edit a blob and return a new digest',
  args: '[flags] <digest>',
  description: 'edit a blob and return a new digest',
  flags: [
    string('validate', 'validate the result against a format (json, mediatype, etc.)'),
    string('editor', 'select editor (vim, emacs, etc.)', { env: 'EDITOR' }),
  ],
})
