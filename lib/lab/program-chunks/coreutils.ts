// Made by scripts/program-chunks.mjs.
import type { Chunk } from './index'
import p0 from '../../../simulator/programs/coreutils/arch/index'
import p1 from '../../../simulator/programs/coreutils/b2sum/index'
import p2 from '../../../simulator/programs/coreutils/base32/index'
import p3 from '../../../simulator/programs/coreutils/base64/index'
import p4 from '../../../simulator/programs/coreutils/basename/index'
import p5 from '../../../simulator/programs/coreutils/basenc/index'
import p6 from '../../../simulator/programs/coreutils/cat/index'
import p7 from '../../../simulator/programs/coreutils/chgrp/index'
import p8 from '../../../simulator/programs/coreutils/chmod/index'
import p9 from '../../../simulator/programs/coreutils/chown/index'
import p10 from '../../../simulator/programs/coreutils/chroot/index'
import p11 from '../../../simulator/programs/coreutils/cksum/index'
import p12 from '../../../simulator/programs/coreutils/comm/index'
import p13 from '../../../simulator/programs/coreutils/cp/index'
import p14 from '../../../simulator/programs/coreutils/csplit/index'
import p15 from '../../../simulator/programs/coreutils/cut/index'
import p16 from '../../../simulator/programs/coreutils/date/index'
import p17 from '../../../simulator/programs/coreutils/dd/index'
import p18 from '../../../simulator/programs/coreutils/df/index'
import p19 from '../../../simulator/programs/coreutils/dir/index'
import p20 from '../../../simulator/programs/coreutils/dircolors/index'
import p21 from '../../../simulator/programs/coreutils/dirname/index'
import p22 from '../../../simulator/programs/coreutils/du/index'
import p23 from '../../../simulator/programs/coreutils/echo/index'
import p24 from '../../../simulator/programs/coreutils/env/index'
import p25 from '../../../simulator/programs/coreutils/expand/index'
import p26 from '../../../simulator/programs/coreutils/expr/index'
import p27 from '../../../simulator/programs/coreutils/factor/index'
import p28 from '../../../simulator/programs/coreutils/false/index'
import p29 from '../../../simulator/programs/coreutils/fold/index'
import p30 from '../../../simulator/programs/coreutils/groups/index'
import p31 from '../../../simulator/programs/coreutils/head/index'
import p32 from '../../../simulator/programs/coreutils/hostid/index'
import p33 from '../../../simulator/programs/coreutils/id/index'
import p34 from '../../../simulator/programs/coreutils/install/index'
import p35 from '../../../simulator/programs/coreutils/join/index'
import p36 from '../../../simulator/programs/coreutils/link/index'
import p37 from '../../../simulator/programs/coreutils/ln/index'
import p38 from '../../../simulator/programs/coreutils/logname/index'
import p39 from '../../../simulator/programs/coreutils/ls/index'
import p40 from '../../../simulator/programs/coreutils/md5sum/index'
import p41 from '../../../simulator/programs/coreutils/mkdir/index'
import p42 from '../../../simulator/programs/coreutils/mkfifo/index'
import p43 from '../../../simulator/programs/coreutils/mknod/index'
import p44 from '../../../simulator/programs/coreutils/mktemp/index'
import p45 from '../../../simulator/programs/coreutils/mv/index'
import p46 from '../../../simulator/programs/coreutils/nice/index'
import p47 from '../../../simulator/programs/coreutils/nl/index'
import p48 from '../../../simulator/programs/coreutils/nohup/index'
import p49 from '../../../simulator/programs/coreutils/nproc/index'
import p50 from '../../../simulator/programs/coreutils/numfmt/index'
import p51 from '../../../simulator/programs/coreutils/od/index'
import p52 from '../../../simulator/programs/coreutils/paste/index'
import p53 from '../../../simulator/programs/coreutils/pathchk/index'
import p54 from '../../../simulator/programs/coreutils/printenv/index'
import p55 from '../../../simulator/programs/coreutils/printf/index'
import p56 from '../../../simulator/programs/coreutils/pwd/index'
import p57 from '../../../simulator/programs/coreutils/readlink/index'
import p58 from '../../../simulator/programs/coreutils/realpath/index'
import p59 from '../../../simulator/programs/coreutils/rm/index'
import p60 from '../../../simulator/programs/coreutils/rmdir/index'
import p61 from '../../../simulator/programs/coreutils/seq/index'
import p62 from '../../../simulator/programs/coreutils/sha1sum/index'
import p63 from '../../../simulator/programs/coreutils/sha224sum/index'
import p64 from '../../../simulator/programs/coreutils/sha256sum/index'
import p65 from '../../../simulator/programs/coreutils/sha384sum/index'
import p66 from '../../../simulator/programs/coreutils/sha512sum/index'
import p67 from '../../../simulator/programs/coreutils/shuf/index'
import p68 from '../../../simulator/programs/coreutils/sleep/index'
import p69 from '../../../simulator/programs/coreutils/sort/index'
import p70 from '../../../simulator/programs/coreutils/split/index'
import p71 from '../../../simulator/programs/coreutils/stat/index'
import p72 from '../../../simulator/programs/coreutils/stdbuf/index'
import p73 from '../../../simulator/programs/coreutils/stty/index'
import p74 from '../../../simulator/programs/coreutils/sum/index'
import p75 from '../../../simulator/programs/coreutils/sync/index'
import p76 from '../../../simulator/programs/coreutils/tac/index'
import p77 from '../../../simulator/programs/coreutils/tail/index'
import p78 from '../../../simulator/programs/coreutils/tee/index'
import p79 from '../../../simulator/programs/coreutils/test/index'
import p80 from '../../../simulator/programs/coreutils/timeout/index'
import p81 from '../../../simulator/programs/coreutils/touch/index'
import p82 from '../../../simulator/programs/coreutils/tr/index'
import p83 from '../../../simulator/programs/coreutils/true/index'
import p84 from '../../../simulator/programs/coreutils/truncate/index'
import p85 from '../../../simulator/programs/coreutils/tsort/index'
import p86 from '../../../simulator/programs/coreutils/tty/index'
import p87 from '../../../simulator/programs/coreutils/uname/index'
import p88 from '../../../simulator/programs/coreutils/unexpand/index'
import p89 from '../../../simulator/programs/coreutils/uniq/index'
import p90 from '../../../simulator/programs/coreutils/unlink/index'
import p91 from '../../../simulator/programs/coreutils/users/index'
import p92 from '../../../simulator/programs/coreutils/vdir/index'
import p93 from '../../../simulator/programs/coreutils/wc/index'
import p94 from '../../../simulator/programs/coreutils/who/index'
import p95 from '../../../simulator/programs/coreutils/whoami/index'
import p96 from '../../../simulator/programs/coreutils/yes/index'

export const PROGRAMS: Chunk = {
  'coreutils/arch': p0,
  'coreutils/b2sum': p1,
  'coreutils/base32': p2,
  'coreutils/base64': p3,
  'coreutils/basename': p4,
  'coreutils/basenc': p5,
  'coreutils/cat': p6,
  'coreutils/chgrp': p7,
  'coreutils/chmod': p8,
  'coreutils/chown': p9,
  'coreutils/chroot': p10,
  'coreutils/cksum': p11,
  'coreutils/comm': p12,
  'coreutils/cp': p13,
  'coreutils/csplit': p14,
  'coreutils/cut': p15,
  'coreutils/date': p16,
  'coreutils/dd': p17,
  'coreutils/df': p18,
  'coreutils/dir': p19,
  'coreutils/dircolors': p20,
  'coreutils/dirname': p21,
  'coreutils/du': p22,
  'coreutils/echo': p23,
  'coreutils/env': p24,
  'coreutils/expand': p25,
  'coreutils/expr': p26,
  'coreutils/factor': p27,
  'coreutils/false': p28,
  'coreutils/fold': p29,
  'coreutils/groups': p30,
  'coreutils/head': p31,
  'coreutils/hostid': p32,
  'coreutils/id': p33,
  'coreutils/install': p34,
  'coreutils/join': p35,
  'coreutils/link': p36,
  'coreutils/ln': p37,
  'coreutils/logname': p38,
  'coreutils/ls': p39,
  'coreutils/md5sum': p40,
  'coreutils/mkdir': p41,
  'coreutils/mkfifo': p42,
  'coreutils/mknod': p43,
  'coreutils/mktemp': p44,
  'coreutils/mv': p45,
  'coreutils/nice': p46,
  'coreutils/nl': p47,
  'coreutils/nohup': p48,
  'coreutils/nproc': p49,
  'coreutils/numfmt': p50,
  'coreutils/od': p51,
  'coreutils/paste': p52,
  'coreutils/pathchk': p53,
  'coreutils/printenv': p54,
  'coreutils/printf': p55,
  'coreutils/pwd': p56,
  'coreutils/readlink': p57,
  'coreutils/realpath': p58,
  'coreutils/rm': p59,
  'coreutils/rmdir': p60,
  'coreutils/seq': p61,
  'coreutils/sha1sum': p62,
  'coreutils/sha224sum': p63,
  'coreutils/sha256sum': p64,
  'coreutils/sha384sum': p65,
  'coreutils/sha512sum': p66,
  'coreutils/shuf': p67,
  'coreutils/sleep': p68,
  'coreutils/sort': p69,
  'coreutils/split': p70,
  'coreutils/stat': p71,
  'coreutils/stdbuf': p72,
  'coreutils/stty': p73,
  'coreutils/sum': p74,
  'coreutils/sync': p75,
  'coreutils/tac': p76,
  'coreutils/tail': p77,
  'coreutils/tee': p78,
  'coreutils/test': p79,
  'coreutils/timeout': p80,
  'coreutils/touch': p81,
  'coreutils/tr': p82,
  'coreutils/true': p83,
  'coreutils/truncate': p84,
  'coreutils/tsort': p85,
  'coreutils/tty': p86,
  'coreutils/uname': p87,
  'coreutils/unexpand': p88,
  'coreutils/uniq': p89,
  'coreutils/unlink': p90,
  'coreutils/users': p91,
  'coreutils/vdir': p92,
  'coreutils/wc': p93,
  'coreutils/who': p94,
  'coreutils/whoami': p95,
  'coreutils/yes': p96,
}
