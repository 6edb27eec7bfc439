/** kubectl diff: as far as its files. */
import { filesOnly } from '../files-only'

export default filesOnly('diff', 2)
