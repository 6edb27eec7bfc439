/** busybox du (coreutils/du.c): as the node's, whose -h rounds otherwise. */
import du from '../../coreutils/du/index'
import { applet } from '../applet'
import { humanBytes } from '../human'
import { asOnNode } from '../node'

const OPTIONS = 'aHLd:clsxhmk'
const BARE = [[/[‘’]/g, "'"], [/cannot [a-z ]+ '([^']*)'/, '$1']] as const
const plain = asOnNode(du, { program: 'coreutils/du', letters: OPTIONS, words: BARE })
const human = asOnNode(du, { program: 'coreutils/du', letters: OPTIONS, words: BARE, after: ['-k'], shows: [[/^(\d+)(?=\t)/gm, (blocks) => humanBytes(Number(blocks) * 1024)]] })

export default applet(OPTIONS, function* (io, given) {
  return yield* (given.has('h') ? human : plain)(io)
})
