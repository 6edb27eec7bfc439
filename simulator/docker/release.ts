/** What this Docker is: Debian 12's docker.io (docker version). */
export const RELEASE = {
  version: '20.10.24+dfsg1', clientCommit: '297e128', serverCommit: '5d6db84', api: '1.41', oldestApi: '1.12', go: 'go1.19.8', built: 'Thu May  7 21:09:36 2026', buildTime: '2026-05-07T21:09:36.000000000+00:00',
} as const
