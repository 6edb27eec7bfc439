/** node of the image of that name: it tells its version. JavaScript is not run here. */
import { interpreter } from '../interpreter'

export default interpreter({ summary: 'the interpreter of the node image (it tells its version)', asked: ['-v', '--version'], version: (release) => `v${release}` })
