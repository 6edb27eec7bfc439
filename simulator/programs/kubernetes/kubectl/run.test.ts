/** kubectl run that stays: what it tells, in what order, and whose exit status it has (pkg/cmd/run, pkg/cmd/attach of 1.20). */
import { expect, test } from 'vitest'
import { machineOf, sessionOn } from '../../../testing/scenario'

const HINT = "If you don't see a command prompt, try pressing enter.\n"

test('run -i --rm removes the pod before it tells how the container ended', async () => {
  const session = sessionOn(machineOf('quiet'), 'controlplane')
  const { stdout, stderr, code } = await session.run({ cmd: "kubectl run -i --rm p --image=busybox --restart=Never -- sh -c 'sleep 3; echo hi; exit 3' </dev/null" })
  expect({ stdout, stderr, code }).toEqual({ stdout: 'hi\npod "p" deleted\n', stderr: `${HINT}pod default/p terminated (Error)\n`, code: 3 })
  expect((await session.run({ cmd: 'kubectl get pods' })).stderr).toBe('No resources found in default namespace.\n')
})

test('one that cannot be joined any more, or has no terminal, is told of', async () => {
  const session = sessionOn(machineOf('quiet'), 'controlplane')
  const { stderr } = await session.run({ cmd: 'kubectl run q --image=busybox -- sleep 90; sleep 8; kubectl attach q -c nope; timeout 1 kubectl attach -t q' })
  expect(stderr).toBe(`error: cannot attach to the container: container not found (nope)\nUnable to use a TTY - container q did not allocate one\n${HINT}`)
})

test('a deployment stands for the pod that matters most; a service without a selector for none', async () => {
  const session = sessionOn(machineOf('quiet'), 'controlplane')
  const { stdout, stderr } = await session.run({ cmd: 'kubectl create deployment d --image=busybox --replicas=2 -- sh -c "hostname; sleep 100" >/dev/null; sleep 9; [ $(kubectl logs deploy/d) = $(kubectl exec deploy/d -- hostname) ] && echo same; kubectl exec svc/kubernetes -- ls' })
  expect(stdout).toBe('same\n')
  expect(stderr).toMatch(/^Found 2 pods, using pod\/d-\w+-\w+\nerror: cannot attach to \*v1.Service: invalid service 'kubernetes': Service is defined without a selector\n$/)
})
