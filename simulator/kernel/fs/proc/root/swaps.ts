import { systemFile } from '../entry'

/** A node of Kubernetes has no swap. */
export default systemFile(() => 'Filename\t\t\t\tType\t\tSize\t\tUsed\t\tPriority\n')
