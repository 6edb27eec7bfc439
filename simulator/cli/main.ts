/**
 * `npm run -s lab`: a simulated node in a real terminal, and the headless door. See README, "The headless node".
 *   lab [--scenario NAME|FILE] [--node NAME]                  a login shell in this terminal
 *   lab exec [--scenario NAME|FILE] [FILE]                    runs a script as if typed; prints what a terminal would show
 *   lab exec --json [--fresh] [--scenario NAME|FILE]          a line of JSON for each command in, one for each answer out
 *   lab tty [--scenario NAME|FILE]                            {"keys"} in, {"raw"} out: the bytes of a terminal
 */
import { parseOptions } from './options'

// Whoever reads the output may go before its end (`lab exec … | head`).
process.stdout.on('error', (error: NodeJS.ErrnoException) => {
  if (error.code !== 'EPIPE') throw error
  process.exit(0)
})

const { command, options } = parseOptions(process.argv.slice(2))
switch (command) {
  case 'shell':
    await (await import('./terminal')).openTerminal(options)
    break
  case 'exec':
    if (options.json) await (await import('./json')).answerJson(options)
    else await (await import('./script')).runScript(options)
    break
  case 'tty':
    await (await import('./tty')).answerKeys(options)
    break
}
