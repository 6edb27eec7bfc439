/** A command that needs files, and refuses those that cannot be read; what it does with them is not simulated. */
import { command, type KubectlCommand } from './command'
import { readManifests } from './manifests'
import { NotHere } from './refused'

/** `trouble`: the status where no file is named. */
export const filesOnly = (name: string, trouble: number): KubectlCommand =>
  command({
    flags: ['filename', 'recursive', 'validate', 'force', 'output', 'dry-run'],
    *run(context) {
      if (context.flags.all('filename').length === 0) {
        context.io.err('error: must specify one of -f and -k\n')
        return trouble
      }
      yield* readManifests(context, 'replace')
      throw new NotHere(`kubectl ${name}: not simulated in this lab`)
    },
  })
