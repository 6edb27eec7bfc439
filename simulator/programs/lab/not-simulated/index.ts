/** What runs where a real node has a program that the lab has not: it says so. */
import { program } from '../../program'

export default program({
  summary: 'stands for programs of a real node that the lab does not simulate',
  paths: [],
  *run(io) {
    io.err(`${io.name}: not simulated in this lab\n`)
    return 125
  },
})
