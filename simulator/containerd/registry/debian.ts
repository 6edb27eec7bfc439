/** Debian 12 as its image has it: the programs of the essential packages, without ps, ip or an editor. */
import type { LayerFile } from './index'

/** By package, in /usr/bin. */
const PROGRAMS: Readonly<Record<string, string>> = {
  bash: 'bash',
  coreutils:
    'arch b2sum base32 base64 basename basenc cat chcon chgrp chmod chown cksum comm cp csplit cut date dd df dir dircolors dirname du echo env expand expr factor false fmt fold groups head hostid id install join link ln logname ls md5sum mkdir mkfifo mknod mktemp mv nice nl nohup nproc numfmt od paste pathchk pinky printenv printf pwd readlink realpath rm rmdir runcon seq sha1sum sha224sum sha256sum sha384sum sha512sum shred shuf sleep sort split stat stdbuf stty sum sync tac tail tee test timeout touch tr true truncate tsort tty uname unexpand uniq unlink users vdir wc who whoami yes',
  debianutils: 'which',
  diffutils: 'cmp diff sdiff',
  findutils: 'find xargs',
  grep: 'egrep fgrep grep rgrep',
  gzip: 'gzip',
  hostname: 'hostname',
  'libc-bin': 'getconf getent locale',
  mount: 'mount umount',
  'ncurses-bin': 'clear tput tset',
  sed: 'sed',
  tar: 'tar',
  'util-linux': 'choom chrt findmnt flock getopt ionice ipcmk ipcrm ipcs lsblk lsipc lslocks lsns mcookie more mountpoint namei nsenter prlimit setpriv setsid su taskset unshare whereis',
}

const DIRECTORIES = 'boot dev home media mnt opt proc root run srv sys usr/bin usr/lib usr/lib64 usr/local/bin usr/local/sbin usr/sbin usr/share var/cache var/lib var/log var/spool'

export const PASSWD =
  'root:x:0:0:root:/root:/bin/bash\ndaemon:x:1:1:daemon:/usr/sbin:/usr/sbin/nologin\nbin:x:2:2:bin:/bin:/usr/sbin/nologin\nsys:x:3:3:sys:/dev:/usr/sbin/nologin\nsync:x:4:65534:sync:/bin:/bin/sync\ngames:x:5:60:games:/usr/games:/usr/sbin/nologin\nman:x:6:12:man:/var/cache/man:/usr/sbin/nologin\nlp:x:7:7:lp:/var/spool/lpd:/usr/sbin/nologin\nmail:x:8:8:mail:/var/mail:/usr/sbin/nologin\nnews:x:9:9:news:/var/spool/news:/usr/sbin/nologin\nuucp:x:10:10:uucp:/var/spool/uucp:/usr/sbin/nologin\nproxy:x:13:13:proxy:/bin:/usr/sbin/nologin\nwww-data:x:33:33:www-data:/var/www:/usr/sbin/nologin\nbackup:x:34:34:backup:/var/backups:/usr/sbin/nologin\nlist:x:38:38:Mailing List Manager:/var/list:/usr/sbin/nologin\nirc:x:39:39:ircd:/run/ircd:/usr/sbin/nologin\n_apt:x:42:65534::/nonexistent:/usr/sbin/nologin\nnobody:x:65534:65534:nobody:/nonexistent:/usr/sbin/nologin\n'
export const GROUP =
  'root:x:0:\ndaemon:x:1:\nbin:x:2:\nsys:x:3:\nadm:x:4:\ntty:x:5:\ndisk:x:6:\nlp:x:7:\nmail:x:8:\nnews:x:9:\nuucp:x:10:\nman:x:12:\nproxy:x:13:\nkmem:x:15:\ndialout:x:20:\nfax:x:21:\nvoice:x:22:\ncdrom:x:24:\nfloppy:x:25:\ntape:x:26:\nsudo:x:27:\naudio:x:29:\ndip:x:30:\nwww-data:x:33:\nbackup:x:34:\noperator:x:37:\nlist:x:38:\nirc:x:39:\nsrc:x:40:\nshadow:x:42:\nutmp:x:43:\nvideo:x:44:\nsasl:x:45:\nplugdev:x:46:\nstaff:x:50:\ngames:x:60:\nusers:x:100:\nnogroup:x:65534:\n'

export const DEBIAN: Readonly<Record<string, LayerFile>> = {
  ...Object.fromEntries(DIRECTORIES.split(' ').map((path): [string, LayerFile] => [path, { directory: path === 'root' ? 0o700 : 0o755 }])),
  bin: { link: 'usr/bin' }, lib: { link: 'usr/lib' }, lib64: { link: 'usr/lib64' }, sbin: { link: 'usr/sbin' }, tmp: { directory: 0o1777 }, 'var/run': { link: '/run' },
  ...Object.fromEntries(Object.entries(PROGRAMS).flatMap(([pkg, names]) => names.split(' ').map((name): [string, LayerFile] => [`usr/bin/${name}`, { program: `${pkg}/${name}` }]))),
  'usr/bin/[': { program: 'coreutils/test' }, 'usr/bin/dash': { program: 'dash/sh' }, 'usr/bin/sh': { link: 'dash' }, 'usr/sbin/chroot': { program: 'coreutils/chroot' }, 'usr/sbin/nologin': { program: 'login/nologin' },
  'etc/passwd': { text: PASSWD }, 'etc/group': { text: GROUP }, 'etc/debian_version': { text: '12.5\n' }, 'etc/hostname': { text: 'debuerreotype\n' },
  'etc/os-release': { link: '../usr/lib/os-release' },
  'usr/lib/os-release': {
    text: 'PRETTY_NAME="Debian GNU/Linux 12 (bookworm)"\nNAME="Debian GNU/Linux"\nVERSION_ID="12"\nVERSION="12 (bookworm)"\nVERSION_CODENAME=bookworm\nID=debian\nHOME_URL="https://www.debian.org/"\nSUPPORT_URL="https://www.debian.org/support"\nBUG_REPORT_URL="https://bugs.debian.org/"\n',
  },
}
