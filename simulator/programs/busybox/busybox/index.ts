/**
 * busybox 1.35 (busybox(1), libbb/appletlib.c): one program that is each of its applets by the name it is called by. Applets are
 * found by their place, `../applets/NAME.ts`; those that are not there but in the real one say that they are not simulated.
 */
import { program } from '../../program'
import { BANNER } from '../applet'
import { NAMES } from '../names'
import { runApplet } from '../run'

/** busybox by itself: what it is and what it holds, 80 columns wide. */
function listing(): string {
  const lines: string[] = []
  let line = ''
  for (const name of NAMES) {
    const word = name === NAMES.at(-1) ? name : `${name},`
    if (line !== '' && line.length + 1 + word.length > 71) {
      lines.push(line)
      line = ''
    }
    line += line === '' ? word : ` ${word}`
  }
  lines.push(line)
  return `${BANNER}
BusyBox is copyrighted by many authors between 1998-2015.
Licensed under GPLv2. See source distribution for detailed
copyright notices.

Usage: busybox [function [arguments]...]
   or: busybox --list[-full]
   or: busybox --install [-s] [DIR]
   or: function [arguments]...

	BusyBox is a multi-call binary that combines many common Unix
	utilities into a single executable.  The shell in this build
	is configured to run built-in utilities without $PATH search.
	You don't need to install a link to busybox for each utility.
	To run external program, use full path (/sbin/ip instead of ip).

Currently defined functions:
${lines.map((l) => `\t${l}\n`).join('')}`
}

export default program({
  paths: ['/bin/busybox'],
  size: 1_982_256,
  summary: 'many small programs in one, as containers have them',
  *run(io) {
    let name = io.name
    let args = io.args
    if (name === 'busybox') {
      const [first] = args
      if (first === undefined || first === '--help') {
        io.out(listing())
        return 0
      }
      if (first === '--list') {
        io.out(NAMES.map((n) => `${n}\n`).join(''))
        return 0
      }
      name = first
      args = args.slice(1)
    }
    // It was run through /proc/self/exe or a link of another name.
    io.sys.setName(name)
    return yield* runApplet(io.sys, name, args)
  },
})
