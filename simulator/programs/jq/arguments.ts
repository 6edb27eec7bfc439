/** As much of jq's command line as the glue must know: whether values are wanted in colour (main.c of 1.6). */
const TAKES: Readonly<Record<string, number>> = { '--arg': 2, '--argjson': 2, '--slurpfile': 2, '--rawfile': 2, '--argfile': 2, '--indent': 1, '-L': 1 }

export function colorsWanted(args: readonly string[], stdout: 'terminal' | 'other'): boolean {
  let wanted = stdout === 'terminal'
  for (let i = 0; i < args.length; i++) {
    const arg = args[i] ?? ''
    if (arg === '--') break
    i += TAKES[arg] ?? 0
    const short = /^-[^-]/.test(arg) && !arg.startsWith('-L')
    if (arg === '--color-output' || (short && arg.includes('C'))) wanted = true
    if (arg === '--monochrome-output' || (short && arg.includes('M'))) wanted = false
  }
  return wanted
}
