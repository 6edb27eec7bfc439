/** containerd config (cmd/containerd/command/config.go). */
import { group } from '../../../../urfave/command'

export default group({ name: 'config', usage: 'information on the containerd config', commands: ['default', 'dump'] })
