import fs from 'node:fs'
import path from 'node:path'
import { expect, test } from 'vitest'
import { LISTINGS } from './columns'
import { explain, explainOutput } from './explain'
import { FORMS } from './forms'
import { wordsOf } from './words'

const PS = 'UID          PID    PPID  C STIME TTY          TIME CMD'
const ROW = '65535      12012   11982  0 12:21 ?        00:00:00 /pause'
const at = (text: string, line = ROW, above = [PS, 'node01 $ ps -ef']) => explain({ text, line, from: line.indexOf(text), above })

test.each([
  ['12012', 'PID'],
  ['11982', 'PPID'],
  ['12:21', 'STIME'],
  ['?', 'TTY'],
  ['/pause', 'CMD'],
  ['65535', 'UID'],
])('%s of ps -ef stands under %s', (text, title) => expect(at(text)?.what).toBe(title))

test('below another prompt the head no longer holds', () => expect(at('12012', 'x 12012', ['node01 $ cat x', PS])).toBeNull())

test('a line of a spec names the process that is joined', () => expect(at('ipc', '    "path": "/proc/12012/ns/ipc"', [])?.meaning).toContain('process 12012 (ipc)'))

test('a listing of ctr', () => {
  const head = 'CONTAINER                                                           IMAGE                                       RUNTIME                  '
  const line = '3325bef282b6555ed86811f22b08199824c8a305d55f28480a5403e03fe8ad1d    registry.k8s.io/pause:3.5                  io.containerd.runc.v2    '
  expect(at('registry', line, [head])?.what).toBe('IMAGE')
})

const alone = (text: string, line: string, above: string[] = ['node01 $ x']) => at(text, line, above)?.what

test.each([
  ['12012', 'root       12012   11982  0 12:21 ?        00:00:00 node a.js', 'PID'],
  ['11982', 'root       12012   11982  0 12:21 ?        00:00:00 node a.js', 'PPID'],
  ['registry', '3325bef282b6555ed86811f22b08199824c8a305d55f28480a5403e03fe8ad1d    registry.k8s.io/pause:3.5    io.containerd.runc.v2', 'IMAGE'],
  ['1692', '3325bef282b6555ed86811f22b08199824c8a305d55f28480a5403e03fe8ad1d    1692    RUNNING', 'PID'],
  ['9a42c', '0272903265fff       c5c5ea4547ccc       18 minutes ago      Running             coredns             0                   9a42c73bf8a3e       coredns-5d7', 'POD ID'],
  ['18', 'f81155092207c       18 minutes ago      Ready               web-7b6c8f9d5-zq8lc        default             0                   (default)', 'CREATED'],
  ['/run/netns', '4026531845 net       2  1887 65535          0 /run/netns/cni-039ea188 /pause', 'NSFS'],
  ['4096', 'LISTEN 0      4096         0.0.0.0:10250      0.0.0.0:*    users:(("kubelet",pid=1302,fd=3))', 'Send'],
  ['if2', '5: veth9a2cbe2c@if2: <BROADCAST,MULTICAST,UP,LOWER_UP> mtu 1500 qdisc noqueue master cni0 state UP group default', 'peer'],
  ['cni0', '5: veth9a2cbe2c@if2: <BROADCAST,MULTICAST,UP,LOWER_UP> mtu 1500 qdisc noqueue master cni0 state UP group default', 'master'],
  ['172.30.2.2', '    inet 172.30.2.2/24 scope global enp1s0', 'address'],
  ['172.30.2.1', 'default via 172.30.2.1 dev enp1s0 proto static ', 'via'],
  ['relatime', '/dev/vda1 on / type ext4 (rw,relatime)', 'options'],
  ['254:1', '21 21 254:1 / / rw,relatime - ext4 /dev/vda1 rw', 'device'],
  ['shared', '21 21 254:1 / / rw,relatime shared:1 - ext4 /dev/vda1 rw', 'propagation'],
  ['/kubepods', '8:pids:/kubepods/besteffort/pod1/2', 'path'],
  ['lrwx', "lrwxrwxrwx 1 root root 0 Jun 10 12:20 bin -> usr/bin", 'mode'],
  ['network', '          "type": "network",', 'network'],
  ['proc', '      "type": "proc",', 'type'],
  ['CAP', '          "CAP_CHOWN",', 'CAP_CHOWN'],
  ['NSpid', 'NSpid:\t12012\t1', 'NSpid'],
])('%s of %s is its %s', (text, line, what) => expect(alone(text, line)).toBe(what))

test('a choice of columns is a listing', () => expect(alone('4026531839', '      1 4026531841 4026531839 /sbin/init', ['    PID      NETNS      IPCNS CMD', 'node01 $ ps -eo pid,netns,ipcns,cmd'])).toBe('IPCNS'))

test('what stands in no listing is not explained', () => expect(alone('word', 'some word of an echo')).toBeUndefined())

test.each([
  ['tmpfs', 'none           tmpfs      50G   15M   50G   1% /', ['Filesystem     Type      Size  Used Avail Use% Mounted on'], 'Type'],
  ['16', '   0: 00000000:0016 00000000:0000 0A', ['  sl  local_address rem_address   st tx_queue rx_queue tr tm->when retrnsmt   uid  timeout inode'], 'local_address'],
  ['74', 'enp1s0:      74       1    0    0', [' face |bytes    packets errs drop fifo frame compressed multicast|bytes    packets errs drop fifo colls carrier compressed'], 'bytes'],
  ['NodeReady', 'default     3m          Normal    NodeReady   node/node01   ready', ['NAMESPACE   LAST SEEN   TYPE      REASON      OBJECT        MESSAGE'], 'REASON'],
  ['4026531837', '4026531840 4026531837 net', ['        NS        ONS TYPE'], 'ONS'],
  ['rwx', ' 131073 4 drwxr-xr-x 2 root root 4096 Jun 10 12:02 etc', [], 'mode'],
  ['MemAvailable', 'MemAvailable:   24216716 kB', [], 'MemAvailable'],
  ['nr_throttled', 'nr_throttled 0', [], 'nr_throttled'],
  ['IP', 'IP:               192.168.1.7', [], 'IP'],
  ['65535', 'nobody:x:65534:65534:nobody:/nonexistent:/usr/sbin/nologin'.replace('65534:', '65535:'), [], 'uid'],
  ['(node)', '2299 (node) S 2277 2299 2299 0 -1 4194304 666 0 0 0 1 0 0 0 20 0 11 0 5000 1019904 174 18446744073709551615 1', [], 'comm'],
  ['major', '            "major": 1,', [], 'device'],
])('%s of %s is its %s', (text, line, above, what) => expect(alone(text, line, [...above, 'node01 $ x'])).toBe(what))

/** Who lists things here. */
const TOOLS = /^(?:ps|lsns|ctr|crictl|runc|kubectl|findmnt|lsblk|lsipc|prlimit|ss|ip|df|free|vmstat|top|w|ipcs)\b/
/** Not listings: texts, and tables that scripts made. */
const NO_LISTING = /^(?:[^a-z]*:|[-=#{[<]|[A-Z_]+=)/

test('every head of a listing that was recorded is known, with each of its titles', () => {
  const unknown = new Map<string, string>()
  for (const file of fs.readdirSync('content/recordings', { recursive: true, encoding: 'utf8' })) {
    if (!file.endsWith('.jsonl') || file.includes('tty')) continue
    for (const row of fs.readFileSync(path.join('content/recordings', file), 'utf8').split('\n')) {
      if (row === '') continue
      const { cmd, stdout } = JSON.parse(row) as { cmd: string; stdout: string }
      if (!TOOLS.test(cmd)) continue
      const head = stdout.split('\n', 1)[0] ?? ''
      if (!/^ *(?:[A-Z%][A-Z%-]*(?: [A-Z]+)? +){2,}[A-Z%-]+ *$/.test(head) || NO_LISTING.test(head)) continue
      const known = explainOutput([head, 'node01 $']).map(({ what }) => what)
      const missing = known.sort((a, b) => b.length - a.length).reduce((rest, title) => rest.replaceAll(title, ''), head).trim()
      if (missing !== '') unknown.set(head.trim().replace(/ +/g, ' '), `${missing.replace(/ +/g, ' ')}  (${cmd})`)
    }
  }
  expect(Object.fromEntries(unknown)).toEqual({})
})

test('all words stand in groups, each with an address of its own', () => {
  const groups = wordsOf()
  const ids = groups.map(({ id }) => id)
  expect(new Set(ids).size).toBe(ids.length)
  expect(groups.find(({ name }) => name.startsWith('lsns'))?.words.map(({ what }) => what)).toContain('NPROCS')
  expect(groups.find(({ name }) => name === '/proc/PID/status')?.words.map(({ what }) => what)).toContain('NSpid')
})

test('each part of a form has a meaning', () => {
  for (const { name, form, parts } of FORMS) {
    const known = { ...LISTINGS.find((l) => l.name === name)?.columns, ...parts }
    for (const [, group = ''] of form.source.matchAll(/\(\?<(\w+)>/g)) expect(known, `${name}: ${group}`).toHaveProperty([group.replaceAll('_', ' ')])
  }
})

test('the last output is explained whole: its columns, else the parts that are known', () => {
  const ps = ['node01 $ lsns', '        NS TYPE   NPROCS   PID USER             COMMAND', 'node01 $ ps -ef | head -2', 'UID          PID    PPID  C STIME TTY          TIME CMD', 'root           1       0  0 12:02 ?        00:00:00 /sbin/init', 'node01 $ ', '', '']
  expect(explainOutput(ps).map(({ what }) => what)).toEqual(['UID', 'PID', 'PPID', 'C', 'STIME', 'TTY', 'TIME', 'CMD'])
  expect(explainOutput(['node01 $ ip route', 'default via 172.30.2.1 dev enp1s0 proto static ', 'node01 $']).map(({ what }) => what)).toContain('via')
  expect(explainOutput(['node01 $ echo a', 'a', 'node01 $ '])).toEqual([])
})
