/** Assets as a node gets them: the package archive comes with the bytes of the programs that this simulator has. */
import { elfFile } from '../kernel/elf'
import { ARCHIVE_ASSET } from '../programs/dpkg/archive'
import { programAt, type Programs } from '../programs/installed'
import { NOT_SIMULATED } from './capture/disk'

type Load = (name: string) => Promise<unknown>

export const nodeAssets = (load: Load, programs: Programs): Load => async (name) => {
  const asset = await load(name)
  return name === ARCHIVE_ASSET ? { packages: asset, executable: (path: string, size: number) => elfFile(programAt(programs, path) ?? NOT_SIMULATED, size) } : asset
}
