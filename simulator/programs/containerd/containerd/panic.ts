/** A hook that is given no program: Go's runtime tells where the list of arguments was too short. Frames of Debian 12's containerd; only pointers into the heap differ from run to run. */
import { randomHex } from '../../../containerd/digest'
import type { Sys } from '../../../kernel/sys'

const CLI = 'github.com/urfave/cli'

export function nothingToRun(sys: Sys): string {
  const pointer = (): string => `0xc000${randomHex(sys, 6)}`
  const count = `0x${sys.argv.length.toString(16)}`
  return `panic: runtime error: index out of range [0] with length 0

goroutine 1 [running]:
github.com/containerd/containerd/cmd/containerd/command.glob..func3(${pointer()})
	github.com/containerd/containerd/cmd/containerd/command/oci-hook.go:55 +0x5d3
${CLI}.HandleAction({0x1fbd800?, 0x2347dd8?}, 0x8?)
	${CLI}/app.go:524 +0x50
${CLI}.Command.Run({{0x22749bf, 0x8}, {0x0, 0x0}, {0x0, 0x0, 0x0}, {0x22f786e, 0x48}, {0x0, ...}, ...}, ...)
	${CLI}/command.go:173 +0x65b
${CLI}.(*App).Run(${pointer()}, {${pointer()}, ${count}, ${count}})
	${CLI}/app.go:277 +0x8a7
main.main()
	github.com/containerd/containerd/cmd/containerd/main.go:33 +0x37`
}
