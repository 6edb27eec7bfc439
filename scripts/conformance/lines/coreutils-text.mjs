// coreutils that read text and write text.
import { lines } from '../chance.mjs'

const pools = {
  file: ['words.txt', 'people.txt', 'numbers.txt', 'tabs', 'prose', 'ten', 'noend', 'empty', 'bin', 'left'],
  files: ['⟨:file⟩', '⟨:file⟩', '⟨:file⟩ ⟨:file⟩', '- < ⟨:file⟩', '⟨:file⟩ nofile', 'tree', 'nofile', '< ⟨:file⟩', 'tree/broken', "''"],
  n: ['0', '1', '2', '3', '5', '+2', '-1', '-3', '1k', '2b', 'x', '', '1x', '99', '0x2', '1K', '99999999999999999999', '+0', ' 2', '1.5'],
  odd: ['-Q', '--nosuch', '--help | head -2', '--version | head -1', '--he', '--', ''],
}
const make = (...templates) => lines(templates, pools)

export default {
  cat: make('cat ⟨*-n¦-b¦-A¦-s¦-E¦-T¦-v¦-e¦-t¦--number-nonblank¦--show-all¦-u⟩ ⟨:files⟩', 'cat ⟨:odd⟩ ⟨:files⟩', "printf '⟨\\0\\1\\177\\200\\377\\n\\t¦a\\r\\nb\\r¦\\341\\240\\n⟩' | cat ⟨-A¦-v¦-e¦-t¦-nE⟩"),
  head: make('head ⟨¦-n ⟨:n⟩¦-c ⟨:n⟩¦-⟨1¦2¦3x¦n3¦2c¦2q¦2v⟩¦--lines=⟨:n⟩¦--bytes=⟨:n⟩⟩ ⟨*-q¦-v¦-z¦--quiet⟩ ⟨:files⟩', 'head ⟨:odd⟩ ⟨:files⟩', 'head -n'),
  tail: make('tail ⟨¦-n ⟨:n⟩¦-c ⟨:n⟩¦-⟨1¦2¦3x¦n3¦2c¦5l⟩¦+⟨2¦3⟩¦--lines=⟨:n⟩¦--bytes=⟨:n⟩⟩ ⟨*-q¦-v¦-z¦--quiet⟩ ⟨:files⟩', 'tail ⟨:odd⟩ ⟨:files⟩', 'tail ⟨--pid=1 ten¦--pid=x -f ten¦-s x -f ten¦--retry ten¦-f --max-unchanged-stats=x ten¦--follow=x ten⟩', 'timeout 0.3 tail -f ⟨ten¦nofile¦-n2 ten left¦--retry nofile¦-F nofile⟩'),
  tac: make('tac ⟨*-b¦-r¦-s ⟨a¦:¦""¦" "⟩⟩ ⟨:files⟩', 'tac ⟨:odd⟩ ⟨:file⟩'),
  wc: make('wc ⟨*-l¦-w¦-c¦-m¦-L¦--lines¦--max-line-length⟩ ⟨:files⟩', 'wc ⟨:odd⟩ ⟨:files⟩', "printf '⟨ten\\0left¦ten\\0\\0¦nofile\\0¦⟩' | wc --files0-from=- ⟨-l¦¦ten⟩", 'wc --total=⟨auto¦never⟩ ten left'),
  nl: make('nl ⟨*-b ⟨a¦t¦n¦x¦p^a¦p[⟩¦-n ⟨ln¦rn¦rz¦x⟩¦-s ⟨:¦""¦": "⟩¦-w ⟨3¦0¦x¦10⟩¦-i ⟨2¦-1¦x⟩¦-v ⟨10¦-3¦x⟩¦-l ⟨2¦0⟩¦-p¦-d ab⟩ ⟨:files⟩', "printf '⟨\\:\\:\\:\\nh\\n\\:\\:\\nb\\n\\n\\:\\nf\\n¦a\\n\\:\\:\\nb\\n¦a\\n\\n\\n\\nb\\n⟩' | nl ⟨¦-ha -fa¦-b a¦-p¦-l2 -ba¦-d'!'⟩", 'nl ⟨:odd⟩ ⟨:file⟩'),
  fold: make('fold ⟨*-w ⟨5¦10¦0¦x¦1¦-3⟩¦-s¦-b¦-⟨7¦20⟩⟩ ⟨:files⟩', 'fold ⟨:odd⟩ prose', "printf 'a\\tb\\rcd\\b\\bxyz\\n' | fold -w ⟨3¦9¦10⟩ ⟨-b¦-s¦⟩"),
  fmt: make('fmt ⟨*-w ⟨20¦40¦x¦1¦0⟩¦-s¦-u¦-c¦-t¦-p "  "¦-g 30¦-30⟩ ⟨:files⟩', 'fmt ⟨:odd⟩ prose'),
  pr: make('pr -⟨t¦T⟩ ⟨*-2¦-3¦-a¦-m¦-n¦-n:3¦-d¦-o 4¦-w 40¦-s,¦-J¦-l 20¦-e4¦-W 30⟩ ⟨:files⟩', "pr -D X ⟨*-h title¦-2¦-l 12¦-n¦-f⟩ ⟨ten¦left right¦prose⟩", 'pr ⟨:odd⟩ ten | tail -n +4'),
  expand: make('expand ⟨*-i¦-t ⟨4¦2,8¦0¦x¦4,2¦1¦/4¦+3¦2,+4⟩¦-3⟩ ⟨:files⟩', 'expand ⟨:odd⟩ tabs'),
  unexpand: make('unexpand ⟨*-a¦-t ⟨4¦2,8¦0¦x¦1⟩¦--first-only⟩ ⟨:files⟩', "printf '        a       b   c\\n    d\\n' | unexpand ⟨¦-a¦-t4¦-t 2,6⟩"),
  cut: make('cut ⟨-⟨c¦b⟩ ⟨1¦1-3¦2-¦-2¦1,3¦3-1¦0¦x¦1-x¦""¦-¦1,,2¦2-4,3-6¦1 3⟩¦-f ⟨1¦2¦2-¦1,3¦-1¦0¦,⟩ ⟨-d" "¦-d:¦-d ""¦-d ab¦⟩⟩ ⟨*-s¦--complement¦--output-delimiter=⟨_¦""¦ab⟩¦-n¦-z⟩ ⟨:files⟩', 'cut ⟨:odd⟩ ⟨:file⟩', 'cut -⟨c1 -f1¦d: -c1¦s -c1¦f¦⟩ ten'),
  paste: make('paste ⟨*-s¦-d ⟨,¦:,¦"\\n"¦"\\\\t\\0"¦""¦"\\\\"⟩¦-z⟩ ⟨ten left¦left right¦ten¦- - < ten¦- left - < ten¦nofile ten¦noend left¦empty ten¦-¦tree⟩', 'paste ⟨:odd⟩ ten'),
  join: make('join ⟨*-1 ⟨2¦1¦0¦x⟩¦-2 ⟨1¦2¦x⟩¦-j 1¦-a ⟨1¦2¦3⟩¦-v ⟨1¦2⟩¦-o ⟨1.1,2.2¦0,1.2¦auto¦1.x¦3.1⟩¦-t ⟨" "¦a¦""¦"\\0"¦ab⟩¦-e NONE¦-i¦--check-order¦--nocheck-order¦--header¦-z⟩ ⟨left right¦left left¦right nofile¦left -  < right¦people.txt left¦left¦left right ten⟩', 'join ⟨:odd⟩ left right'),
  comm: make('comm ⟨*-1¦-2¦-3¦-12¦--check-order¦--nocheck-order¦--output-delimiter=⟨,¦""⟩¦--total¦-z⟩ ⟨left right¦left left¦ten left¦- left < right¦left nofile¦left¦people.txt words.txt¦empty left⟩', 'comm ⟨:odd⟩ left right'),
  uniq: make('⟨sort people.txt | ¦sort words.txt | ¦⟩uniq ⟨*-c¦-d¦-D¦-u¦-i¦-f ⟨1¦2¦x⟩¦-s ⟨1¦3¦x⟩¦-w ⟨1¦2¦x⟩¦-z¦--group¦--group=⟨both¦append¦prepend¦x⟩¦--all-repeated=⟨separate¦prepend¦x⟩¦-⟨1¦2⟩¦+2⟩ ', 'uniq ⟨*-c¦-d⟩ ⟨people.txt¦nofile¦tree¦ten out; cat out¦ten left right¦noend⟩', 'uniq ⟨:odd⟩ ten'),
  tr: make("tr ⟨*-d¦-s¦-c¦-C¦-t⟩ ⟨a¦a-z A-Z¦a-c x¦'[:lower:]' '[:upper:]'¦'[:digit:]'¦'[:space:]' '\\n'¦'\\n' ,¦'[a*3]' xyz¦abc '[x*]'¦a-z¦z-a x¦'[:foo:]' x¦'[:upper:]' a¦'[=a=]' b¦'\\101' b¦'\\x' y¦a ''¦'' a¦a b c¦'[:alpha:]' '[:digit:]'¦abc 'd\\n'¦a-c '[:upper:]'¦'[a-c]' '[x-z]'¦'\\\\' /¦'[b*0]' c¦abc '[x*2]y'⟩ < ⟨:file⟩", 'tr ⟨:odd⟩ < ten', 'tr'),
  sort: make('sort ⟨*-n¦-r¦-u¦-f¦-h¦-V¦-g¦-M¦-R --random-source=bin¦-d¦-i¦-b¦-s¦-z¦-m¦-c¦-C¦--debug¦--sort=⟨numeric¦version¦x⟩¦--parallel=2¦-S 1M¦-o out⟩ ⟨*-k ⟨1¦2¦2n¦1.2¦1,1¦2,2n¦0¦x¦1.0¦2,1¦1,x¦1.2b,1.3¦2z¦1,1f -k2nr¦,1⟩¦-t ⟨:¦" "¦ab¦""¦"\\0"⟩⟩ ⟨:files⟩', 'sort ⟨:odd⟩ ten', "printf '⟨1.10\\n1.9\\n1.2a\\n¦a-1.0\\na-1.0~rc\\na-1.0.1\\n¦2K\\n1M\\n3\\n1G\\n¦Feb\\nJan\\nxx\\nDEC\\n¦-1\\n+2\\n 3\\n1e2\\n¦file10\\nfile9\\n.hid\\nfile1.c\\n⟩' | sort ⟨-V¦-h¦-M¦-g¦-n¦-rV¦¦-c¦--debug -n¦--debug -M⟩", 'sort ⟨-c ten left¦-nh ten¦-n -M ten¦--files0-from=nofile¦--batch-size=1 ten¦-T /nonexist ten¦-k¦--check=x ten¦-o tree ten¦-k1,2,3 ten¦+1 ten⟩', 'sort --debug ⟨*-k1¦-k2,2¦-n¦-f¦-r¦-b¦-t:¦-k1,1n⟩ ⟨people.txt¦left¦numbers.txt⟩'),
  split: make('split ⟨*-l ⟨2¦0¦x⟩¦-b ⟨3¦1k¦0¦x⟩¦-n ⟨3¦l/3¦r/3¦2/3¦l/1/3¦0¦4/3¦x⟩¦-C 10¦-a ⟨1¦3¦0¦x⟩¦-d¦-x¦--numeric-suffixes=5¦--additional-suffix=⟨.t¦/x⟩¦-e¦--verbose¦-t ⟨,¦ab¦"\\0"⟩¦--filter=cat¦-u⟩ ⟨ten¦words.txt¦- < ten¦nofile¦empty¦noend⟩ ⟨p_¦¦q⟩; ls; head -2 p_* xa* 2>/dev/null', 'split ⟨:odd⟩ ten'),
  csplit: make("csplit ⟨*-k¦-s¦-z¦-f p¦-n ⟨3¦x⟩¦-b '⟨%03d.t¦%x¦%s¦%⟩'¦--suppress-matched⟩ ten ⟨5¦/3/¦'%4%'¦/5/+1¦/1/ '{*}'¦3 6¦20¦/x/¦'/[/'¦6 3¦/2/ '{3}'¦3 '{1}'¦0¦x¦/9/-2⟩; ls p* xx* 2>/dev/null", 'csplit ⟨:odd⟩ ten 3', 'csplit ten'),
  shuf: make('shuf --random-source=⟨words.txt¦/usr/bin/env⟩ ⟨*-n ⟨2¦0¦x⟩¦-r -n 4¦-z⟩ ⟨ten¦-i 1-9¦-e a b c d¦people.txt¦< left¦-i 3-1¦-i x¦nofile⟩', 'shuf ⟨:odd⟩ empty', 'shuf ⟨-i 1-2 ten¦-e -i 1-2¦--random-source=nofile ten¦--random-source=empty ten¦-n1 -r empty¦-i 1-3 -i 1-2¦ten left⟩'),
  od: make("od ⟨*-c¦-x¦-b¦-d¦-o¦-s¦-i¦-l¦-a¦-f¦-tx1¦-t ⟨x1z¦c¦a¦u2¦d8¦o1¦fF¦f8¦x3¦q¦x1x2¦xC¦dS¦xL⟩¦-A⟨n¦x¦d¦o¦q⟩¦-v¦-N ⟨5¦0¦1k¦x⟩¦-j ⟨2¦1000¦x⟩¦-w⟨8¦3¦0¦⟩¦-S 3¦--endian=⟨big¦little¦x⟩⟩ ⟨:files⟩", 'od ⟨:odd⟩ bin', "printf '%032d' 0 | od ⟨¦-v¦-tx1 -w4¦-An -tu4⟩", 'od ten ⟨+2¦2¦x¦10.⟩'),
  tsort: make("printf '⟨a b\\nb c\\n¦a b c\\n¦a b\\nb a\\n¦a a\\nb c\\nc d\\na c\\n¦a b\\nc d\\nb d\\nd b\\n¦⟩' | tsort ⟨¦-¦left⟩", 'tsort ⟨left¦nofile¦ten left¦tree⟩', 'tsort ⟨:odd⟩'),
  ptx: make('ptx ⟨:file⟩ | head -3'),
  basenc: make('basenc ⟨--base64¦--base64url¦--base32¦--base32hex¦--base16¦--base2msbf¦--base2lsbf¦--z85¦⟩ ⟨*-d¦-i¦-w ⟨10¦0¦x⟩⟩ ⟨:files⟩'),
  base64: make('base64 ⟨*-w ⟨10¦0¦x¦1⟩¦-i⟩ ⟨:files⟩', "printf '⟨YWJj¦YWJ¦YW J j\\n¦YWJjZA==¦!!¦YWJjZA=¦YQ==YQ==¦Y\\nQ=\\n=⟩' | base64 -d ⟨-i¦¦⟩", 'base64 ⟨:odd⟩ ten', 'base64 ten left'),
  base32: make('base32 ⟨*-w ⟨10¦0¦x⟩⟩ ⟨:files⟩', "printf '⟨MFRGG===¦MFRGG¦mfrgg===¦M1⟩' | base32 -d ⟨-i¦⟩"),
  md5sum: make('⟨md5sum¦sha1sum¦sha224sum¦sha256sum¦sha384sum¦sha512sum¦b2sum¦cksum⟩ ⟨*-b¦-t¦--tag¦-z⟩ ⟨:files⟩', '⟨md5sum¦sha1sum¦sha256sum¦sha512sum⟩ ten left ⟨¦--tag⟩ > s; ⟨¦echo x >> ten;¦rm ten;¦echo junk >> s;⟩ ⟨md5sum¦sha1sum¦sha256sum⟩ -c ⟨*--quiet¦--status¦--strict¦-w¦--ignore-missing⟩ s', 'md5sum ⟨:odd⟩ ten', 'cksum -a ⟨md5¦sha1¦crc¦sysv¦bsd¦blake2b¦sm3¦sha256¦x⟩ ⟨*--untagged¦-z¦--tag¦-l 128¦--debug⟩ ten', 'cksum -a md5 ten > s; cksum -c s', "touch 'a\\b' 'n\nl'; md5sum a* n*", 'b2sum -l ⟨8¦128¦7¦x¦520⟩ ten', 'md5sum ⟨--quiet ten¦--status ten¦-c --tag ten¦--strict ten¦-c -b ten¦-c empty¦-c nofile¦--ignore-missing ten⟩'),
  sum: make('sum ⟨*-r¦-s⟩ ⟨:files⟩', 'sum ⟨:odd⟩ ten'),
  tee: make('⟨echo hi¦seq 3¦cat bin⟩ | tee ⟨*-a¦-i¦-p¦--output-error=⟨warn¦exit¦x⟩⟩ ⟨f¦f g¦tree¦nodir/f¦-¦⟩; cat f 2>/dev/null', 'echo | tee ⟨:odd⟩'),
  numfmt: make("numfmt ⟨*--to=⟨si¦iec¦iec-i¦none¦x⟩¦--from=⟨si¦iec¦iec-i¦auto¦none⟩¦--suffix=B¦--padding=⟨8¦-8¦0¦x⟩¦--grouping¦--round=⟨up¦down¦nearest¦x⟩¦--format=⟨%.2f¦%8f¦%d¦%-8.1f¦%06f¦%'f¦x%fy⟩¦--invalid=⟨warn¦ignore¦fail¦x⟩¦--header¦--field ⟨1¦2¦-¦0¦x⟩¦-d:¦--to-unit=⟨1000¦Ki⟩¦--from-unit=512¦--debug⟩ ⟨1000¦1024 5000000¦1K¦1.5M¦-3¦x¦1e3¦12345678901¦1Ki¦0.5¦999999¦< numbers.txt¦'1 2'¦'  99'¦10q⟩", 'numfmt ⟨:odd⟩ 1', 'echo "a 2048 b" | numfmt --field=2 --to=⟨iec¦si⟩ ⟨--padding=8¦⟩'),
}
