import { file } from '../entry'
import { regionDetail, regionsOf } from '../regions'

export default file((task) => {
  const regions = regionsOf(task)
  const first = regions[0]
  const last = regions.at(-1)
  if (!first || !last) return ''
  const resident = regions.reduce((sum, r) => sum + r.resident, 0)
  const range = `${first.start.toString(16)}-${last.end.toString(16)} ---p 00000000 00:00 0 `
  return `${range.padEnd(73)}[rollup]\n${regionDetail({ ...first, end: first.start, resident })}`
})
