/** kubectl plugin list: executables of $PATH that are called kubectl-… (pkg/cmd/plugin). */
import { command, Refused } from '../../command'
import { NotHere } from '../../refused'

export default command({
  flags: ['name-only'],
  *run({ io }) {
    const folders = (io.env('PATH') ?? '').split(':').filter((folder) => folder !== '' && io.sys.access(folder, { read: true }))
    if (folders.some((folder) => io.sys.readdir(folder).some(({ name }) => name.startsWith('kubectl-')))) throw new NotHere('kubectl plugin list: not simulated in this lab: plugins')
    throw new Refused('error: unable to find any kubectl plugins in your PATH')
  },
})
