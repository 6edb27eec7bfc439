/** What runc says of itself. */
import type { RuncRelease } from '../../../containerd/runc/release'

export const versionText = ({ version, commit, spec, go }: RuncRelease): string => `${version}\ncommit: ${commit}\nspec: ${spec}\ngo: ${go}\nlibseccomp: 2.5.4`

/** Its help shows all of that up to 1.1. */
export const helpRelease = (release: RuncRelease): string => (release.line === '1.1' ? versionText(release) : release.version)

/** A function, so that it comes when help is asked for (scripts/split.mjs). */
export const about = (): string => `Open Container Initiative runtime

runc is a command line client for running applications packaged according to
the Open Container Initiative (OCI) format and is a compliant implementation of the
Open Container Initiative specification.

runc integrates well with existing process supervisors to provide a production
container runtime environment for applications. It can be used with your
existing process monitoring tools and the container will be spawned as a
direct child of the process supervisor.

Containers are configured using bundles. A bundle for a container is a directory
that includes a specification file named "config.json" and a root filesystem.
The root filesystem contains the contents of the container.

To start a new instance of a container:

    # runc run [ -b bundle ] <container-id>

Where "<container-id>" is your name for the instance of the container that you
are starting. The name you provide for the container instance must be unique on
your host. Providing the bundle directory using "-b" is optional. The default
value for "bundle" is the current directory.`
