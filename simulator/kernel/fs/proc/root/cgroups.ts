import { controllerTable } from '../../../cgroups/view'
import { systemFile } from '../entry'

/** cgroups(7): controllers with their hierarchy and how many groups it has. */
export default systemFile(({ kernel }) => controllerTable(kernel))
