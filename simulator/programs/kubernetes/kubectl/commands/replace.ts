/** kubectl replace: as far as its files. */
import { filesOnly } from '../files-only'

export default filesOnly('replace', 1)
