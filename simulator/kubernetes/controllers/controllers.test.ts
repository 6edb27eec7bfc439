/** Deployments and replica sets on the quiet cluster: made, counted, deleted with all that belongs to them. */
import { expect, test } from 'vitest'
import { machineOf, sessionOn } from '../../testing/scenario'


function cluster() {
  const machine = machineOf('quiet')
  const session = sessionOn(machine, 'controlplane')
  return async (cmd: string, after = 0): Promise<string> => {
    const { stdout, stderr } = await session.run({ cmd, t: machine.now() / 1000 + after })
    expect(machine.oopses()).toEqual([])
    return stdout + stderr
  }
}

const DEPLOYMENT = `cat > d.yaml <<'Y'
apiVersion: apps/v1
kind: Deployment
metadata: {name: web}
spec:
  replicas: 3
  selector: {matchLabels: {app: web}}
  template:
    metadata: {labels: {app: web}}
    spec: {containers: [{name: nginx, image: "nginx:1.24"}]}
Y
kubectl apply -f d.yaml`

test('a deployment has its pods, rolls out a new template, and takes all with it when it goes', async () => {
  const run = cluster()
  expect(await run(DEPLOYMENT)).toBe('deployment.apps/web created\n')
  expect(await run('kubectl get deploy web --no-headers', 4)).toMatch(/^web +3\/3 +3 +3 /)
  const [old] = /web-\w+/.exec(await run('kubectl get rs -o name')) ?? []
  await run('kubectl delete pod $(kubectl get pods -o name | head -1 | cut -d/ -f2) --wait=false')
  expect(await run('kubectl get deploy web --no-headers', 4)).toMatch(/^web +3\/3 +3 +3 /)
  await run("sed -i 's/1.24/1.25/; s/replicas: 3/replicas: 2/' d.yaml; kubectl apply -f d.yaml")
  const sets = await run('kubectl get rs --no-headers', 20)
  expect(sets).toMatch(new RegExp(`^${old} +0 +0 +0 `, 'm'))
  expect(sets).toMatch(/^web-\w+ +2 +2 +2 /m)
  await run('kubectl delete deploy web')
  expect(await run('kubectl get deploy,rs,pods', 20)).toBe('No resources found in default namespace.\n')
})

test('a node whose kubelet has gone is not ready after 40 s, and takes no pods', async () => {
  const run = cluster()
  await run("ssh node01 'kill $(pidof kubelet)'")
  expect(await run('kubectl get node node01 --no-headers', 30)).toMatch(/^node01 +Ready /)
  expect(await run('kubectl get node node01 --no-headers', 30)).toMatch(/^node01 +NotReady /)
  await run('kubectl run late --image=nginx:1.24')
  expect(await run('kubectl get pod late --no-headers', 5)).toMatch(/^late +0\/1 +Pending /)
})
