/** All that a test needs of the simulator, as one bundle (scripts/later.test.ts). */
export { Lab } from '../lab'
export { Session } from '../machine/session'
export { PROGRAMS } from '../programs/registry'
export { parseScenario } from '../scenarios/written/schema'
