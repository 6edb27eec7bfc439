import { file } from '../entry'

/** Pages: size, resident, shared, text, lib, data, dirty (proc(5)). */
export default file(({ memory: m, isZombie }) => {
  if (isZombie) return '0 0 0 0 0 0 0\n'
  const pages = (kB: number): number => Math.floor(kB / 4)
  return `${pages(m.vmSize)} ${pages(m.vmRSS)} ${pages(m.rssFile + m.rssShmem)} ${pages(m.vmExe)} 0 ${pages(m.vmData + m.vmStk)} 0\n`
})
