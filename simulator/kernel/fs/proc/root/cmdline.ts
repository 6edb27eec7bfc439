import { line, type Look, systemFile } from '../entry'
import { machineOf } from '../machine'

export default { ...systemFile(({ kernel }) => line(machineOf(kernel).commandLine)), size: (_none: null, { kernel }: Look) => machineOf(kernel).commandLine.length + 1 }
