/** The simulator's public face. Pages and tools import from here only. */
export { Lab, type ExecResult, type LabHost, type LabTerminal } from './lab'
export type { Moment, RunState } from './machine/machine'
export type { Picture, PictureContainer, PictureDevice, PictureNode, PicturePod, PictureProcess } from './machine/picture'
export { type Answer, type Command, Session } from './machine/session'
export { parseScenario, type Scenario, ScenarioError } from './scenarios/written/schema'
export type { Distribution } from './scenarios/written/node'
export type { ProgramFacts, Programs } from './programs/installed'
