import { Errno } from '../../../errno'
import { file, line } from '../entry'

export default file((task) => line(task.oomScoreAdj), {
  mode: 0o644,
  write: (task, text, look) => {
    const value = Number(text.trim())
    if (!/^-?\d+$/.test(text.trim()) || value < -1000 || value > 1000) throw new Errno('EINVAL')
    if (value < task.oomScoreAdj && look.viewer.credentials.euid !== 0) throw new Errno('EACCES')
    task.oomScoreAdj = value
  },
})
