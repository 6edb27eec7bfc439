/** sleep: the node's, in busybox's words. By itself, since the pods of busybox sleep before anyone types: shared.ts comes later. */
import sleep from '../../coreutils/sleep/index'
import { asOnNode } from '../node'

export default asOnNode(sleep, { program: 'coreutils/sleep', letters: '+', words: [[/^sleep: invalid time interval [‘'](.*)[’']$/, "sleep: invalid number '$1'"]] })
