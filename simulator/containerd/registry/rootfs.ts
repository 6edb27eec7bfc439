/** The files that the images of the lab begin with: busybox under the names of its applets, and the directories of a small system. */
import type { LayerFile } from './index'

export const PATH = 'PATH=/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin'

/** busybox's directories and the links that its applets are. */
const APPLETS =
  '[ [[ ash awk base64 basename cat chgrp chmod chown chroot clear cmp cp cut date dd df diff dirname dmesg du echo ed egrep env expand expr factor fallocate false fgrep find fold free grep groups gunzip gzip halt head hexdump hostid hostname id ifconfig ip ipcalc kill killall less link ln logger ls lsof md5sum mkdir mkfifo mknod mktemp more mount mv nc netstat nice nl nohup nproc nslookup od paste pgrep pidof ping pkill printenv printf ps pstree pwd readlink realpath renice reset rev rm rmdir route sed seq setsid sh sha1sum sha256sum shuf sleep sort split stat strings stty sync sysctl tac tail tar tee telnet test time timeout top touch tr traceroute true truncate tty umount uname uniq unshare uptime vi watch wc wget which whoami xargs yes nsenter'

export const ROOTFS: Readonly<Record<string, LayerFile>> = {
  'bin/busybox': { program: 'busybox/busybox', size: 1_000_000 },
  ...Object.fromEntries(APPLETS.split(' ').map((name): [string, LayerFile] => [`bin/${name}`, { link: '/bin/busybox' }])),
  ...Object.fromEntries(['dev', 'home', 'lib', 'lib64', 'opt', 'proc', 'root', 'run', 'sbin', 'sys', 'var', 'usr/bin', 'usr/sbin', 'usr/local/bin'].map((d): [string, LayerFile] => [d, { directory: 0o755 }])),
  tmp: { directory: 0o1777 },
  'etc/passwd': { text: 'root:x:0:0:root:/root:/bin/sh\nnobody:x:65534:65534:nobody:/home:/bin/false\n' },
  'etc/group': { text: 'root:x:0:\nnogroup:x:65534:\n' },
}
