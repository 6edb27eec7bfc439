/** python3 of the image of that name: it tells its version. Python is not run here. */
import { interpreter } from '../interpreter'

export default interpreter({ summary: 'the interpreter of the python image (it tells its version)', asked: ['-V', '--version'], version: (release) => `Python ${release}` })
