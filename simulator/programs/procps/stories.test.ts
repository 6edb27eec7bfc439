import { expect, test } from 'vitest'
import { bootTestNode } from '../../testing/node'

test('children stand under their parent', () => {
  const lab = bootTestNode()
  const { stdout } = lab.bash('sleep 100 & sleep 200 & ps --forest -o args -g 0,$$ -s $$; kill %1 %2')
  expect(stdout).toMatch(/\n \\_ bash -c .*\n {5}\\_ sleep 100\n {5}\\_ sleep 200\n {5}\\_ ps --forest/)
})

test('processes are sorted, selected and found by their names', () => {
  const lab = bootTestNode()
  const out = lab.bash(`sleep 101 & A=$!; sleep 102 & B=$!; sleep 103 & C=$!
[ "$(ps -C sleep -o pid= --sort -pid | tr -d ' ' | tr '\\n' ' ')" = "$C $B $A " ] && echo sorted
[ "$(pgrep -f '^sleep 10[12]' | tr '\\n' ' ')" = "$A $B " ] && echo found
[ "$(pidof sleep)" = "$C $B $A" ] && echo pidof
pgrep -c sleep; ps -p $A -p $B -o args=; ps -o stat= -p $A
kill -STOP $A; ps -o stat= -p $A; pkill -x -e sleep | wc -l; wait; pgrep sleep; echo $?`)
  expect(out.stdout).toBe('sorted\nfound\npidof\n3\nsleep 101\nsleep 102\nS\nT\n3\n1\n')
})

test('a nice value shows in ps', () => {
  const lab = bootTestNode()
  expect(lab.bash('sleep 50 & renice -n 5 -p $! >/dev/null; ps -o ni=,stat= -p $!; kill $!').stdout).toBe('  5 SN\n')
})

test('the kernel parameters are read and written', () => {
  const lab = bootTestNode()
  expect(lab.bash('sysctl -w net.ipv4.ip_forward=1; sysctl -n net.ipv4.ip_forward; sysctl net/ipv4/ip_forward').stdout).toBe('net.ipv4.ip_forward = 1\n1\nnet.ipv4.ip_forward = 1\n')
})
