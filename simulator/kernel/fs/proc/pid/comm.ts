import { file, line } from '../entry'

/** proc(5): the name may be changed by writing to it; it is cut to 15 bytes. */
export default file((task, look) => line(look.thread?.comm ?? task.comm), {
  mode: 0o644,
  write: (task, text) => {
    task.comm = text.replace(/\n$/, '').slice(0, 15)
  },
})
