/** runc spec: create a new specification file (runc 1.1.5 spec.go, runc-spec(8)). */
import { command } from '../../../urfave/command'
import { bool, string } from '../../../urfave/flag'
import { isUnified } from '../../../../containerd/runc/cgroups'
import { RuncError } from '../../../../containerd/runc/index'
import { ownRunc } from '../../../../containerd/runc/release'
import { defaultSpec, rootless } from '../../../../containerd/runc/spec'
import { exists } from '../../../../containerd/files'
import { encode } from '../../../../kernel/bytes'
import { isErrno } from '../../../../kernel/errno'
import { checkArguments } from '../arguments'

export default () => command({
  name: 'spec',
  usage: 'create a new specification file',
  description: `The spec command creates the new specification file named "config.json" for
the bundle.

The spec generated is just a starter file. Editing of the spec is required to
achieve desired results. For example, the newly generated spec includes an args
parameter that is initially set to call the "sh" command when the container is
started. Calling "sh" may work for an ubuntu container or busybox, but will not
work for containers that do not include the "sh" program.

EXAMPLE:
  To run docker's hello-world container one needs to set the args parameter
in the spec to call hello. This can be done using the sed command or a text
editor. The following commands create a bundle for hello-world, change the
default args parameter in the spec from "sh" to "/hello", then run the hello
command in a new hello-world container named container1:

    mkdir hello
    cd hello
    docker pull hello-world
    docker export $(docker create hello-world) > hello-world.tar
    mkdir rootfs
    tar -C rootfs -xf hello-world.tar
    runc spec
    sed -i 's;"sh";"/hello";' config.json
    runc run container1

In the run command above, "container1" is the name for the instance of the
container that you are starting. The name you provide for the container instance
must be unique on your host.

An alternative for generating a customized spec config is to use "oci-runtime-tool", the
sub-command "oci-runtime-tool generate" has lots of options that can be used to do any
customizations as you want, see runtime-tools (https://github.com/opencontainers/runtime-tools)
to get more information.

When starting a container through runc, runc needs root privilege. If not
already running as root, you can use sudo to give runc root privilege. For
example: "sudo runc start container1" will give runc root privilege to start the
container on your host.

Alternatively, you can start a rootless container, which has the ability to run
without root privileges. For this to work, the specification file needs to be
adjusted accordingly. You can pass the parameter --rootless to this command to
generate a proper rootless spec file.

Note that --rootless is not needed when you execute runc as the root in a user namespace
created by an unprivileged user.
`,
  flags: [
    string('bundle, b', 'path to the root of the bundle directory'),
    bool('rootless', 'generate a configuration for a rootless container'),
  ],
  *run(context) {
    checkArguments(context, { exactly: 0 })
    const { sys } = context
    const bundle = context.string('bundle')
    try {
      if (bundle !== '') sys.chdir(bundle)
    } catch (error) {
      if (!isErrno(error)) throw error
      throw new RuncError(`chdir ${bundle}: ${error.message.toLowerCase()}`)
    }
    if (exists(sys, 'config.json')) throw new RuncError('File config.json exists. Remove it first')
    const spec = defaultSpec(isUnified(sys) ? 'unified' : 'v1', yield* ownRunc(sys))
    const { euid, egid } = sys.credentials
    yield* sys.writeFile('config.json', encode(JSON.stringify(context.bool('rootless') ? rootless(spec, euid, egid) : spec, null, '\t')), { mode: 0o666 })
  },
})
