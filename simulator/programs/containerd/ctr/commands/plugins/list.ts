/** ctr plugins list: lists containerd plugins, as ctr 1.6.20 has it. */
import { command } from '../../../../urfave/command'
import { bool } from '../../../../urfave/flag'
import { connect } from '../../client'
import { wideTable } from '../../table'
import { tabulate } from '../../../../go/tabwriter'
import type { Plugin } from '../../../../../containerd/services'

export default command({
  name: 'list',
  aliases: ['ls'],
  usage: 'lists containerd plugins',
  flags: [
    bool('quiet, q', 'print only the plugin ids'),
    bool('detailed, d', 'print detailed information about each plugin'),
  ],
  *run(context) {
    const client = yield* connect(context)
    const plugins = yield* client.call((s) => s.introspection.plugins(context.args))
    if (context.bool('quiet')) for (const { id } of plugins) context.io.out(`${id}\n`)
    else if (context.bool('detailed')) context.io.out(tabulate(plugins.map(detailed).join('\t\t\t\n'), { minWidth: 4, tabWidth: 8, padding: 4, padChar: ' ' }))
    else context.io.out(wideTable(['TYPE', 'ID', 'PLATFORMS', 'STATUS'], plugins.map((p) => [p.type, p.id, platforms(p), status(p)]), 'closed'))
  },
})

const status = ({ initError }: Plugin): string => (initError === null ? 'ok' : initError.skip ? 'skip' : 'error')
const platforms = (plugin: Plugin): string => [...new Set(plugin.platforms.map((p) => `${p.os}/${p.architecture}`))].sort().join(',') || '-'

function detailed(plugin: Plugin): string {
  const lines = [`Type:\t ${plugin.type}`, `ID:\t ${plugin.id}`]
  if (plugin.requires.length > 0) lines.push('Requires:\t', ...plugin.requires.map((type) => `\t ${type}`))
  if (plugin.platforms.length > 0) lines.push(`Platforms:\t ${platforms(plugin)}`)
  const exported = Object.entries(plugin.exports)
  if (exported.length > 0) lines.push('Exports:\t', ...exported.map(([key, value]) => `\t ${key} \t ${value}`))
  if (plugin.capabilities.length > 0) lines.push(`Capabilities:\t ${plugin.capabilities.join(',')}`)
  if (plugin.initError) lines.push('Error:\t', `\t Code:\t ${plugin.initError.code}`, `\t Message:\t ${plugin.initError.message}`)
  return lines.map((line) => `${line}\n`).join('')
}
