/** kubectl label, annotate, patch, wait, config and words before a command, as kubectl 1.27.16 answered on a real cluster (one story, in order). */
import { readFileSync } from 'node:fs'
import { expect, test } from 'vitest'
import { Session } from '../../../machine/session'
import { loadWritten } from '../../../scenarios/written/load'
import { parseScenario } from '../../../scenarios/written/schema'
import { PROGRAMS } from '../../registry'

const read = (path: string): string => readFileSync(new URL(`../../../../content/${path}`, import.meta.url), 'utf8')
const hostNow = (): number => performance.now()

const STORY: readonly (readonly [cmd: string, out: string, err: string, code: number])[] = [
  ['kubectl label pod lonely env=dev', 'pod/lonely labeled\n', '', 0],
  ['kubectl label pod lonely env=dev', 'pod/lonely not labeled\n', '', 0],
  ['kubectl label pod lonely env=prod', '', "error: 'env' already has a value (dev), and --overwrite is false\n", 1],
  ['kubectl label pod lonely env=prod --overwrite', 'pod/lonely labeled\n', '', 0],
  ['kubectl label pods lonely mypod team=red', 'pod/lonely labeled\npod/mypod labeled\n', '', 0],
  ['kubectl get pods -l team=red -o name', 'pod/lonely\npod/mypod\n', '', 0],
  ['kubectl label pod lonely env-', 'pod/lonely unlabeled\n', '', 0],
  ['kubectl label pod lonely nosuch-', 'label "nosuch" not found.\npod/lonely not labeled\n', '', 0],
  ['kubectl label pod lonely', '', 'error: at least one label update is required\n', 1],
  ['kubectl label pod nosuch a=b', '', 'Error from server (NotFound): pods "nosuch" not found\n', 1],
  ['kubectl label pod lonely x=1 --dry-run=client', 'pod/lonely labeled (dry run)\n', '', 0],
  [
    'kubectl label pod lonely "a b=c"', '',
    "The Pod \"lonely\" is invalid: metadata.labels: Invalid value: \"a b\": name part must consist of alphanumeric characters, '-', '_' or '.', and must start and end with an alphanumeric character (e.g. 'MyName',  or 'my.name',  or '123-abc', regex used for validation is '([A-Za-z0-9][-A-Za-z0-9_.]*)?[A-Za-z0-9]')\n",
    1,
  ],
  ['kubectl annotate pod lonely note="hello world"', 'pod/lonely annotate\n', '', 0],
  ['kubectl annotate pod lonely note=again', '', "error: --overwrite is false but found the following declared annotation(s): 'note' already has a value (hello world)\n", 1],
  [`kubectl patch pod lonely -p '{"metadata":{"labels":{"patched":"yes"}}}'`, 'pod/lonely patched\n', '', 0],
  [`kubectl patch pod lonely -p '{"metadata":{"labels":{"patched":"yes"}}}'`, 'pod/lonely patched (no change)\n', '', 0],
  [`kubectl patch pod lonely --type=json -p '[{"op":"remove","path":"/metadata/labels/nosuch"}]'`, '', 'The request is invalid: the server rejected our request due to an error in our request\n', 1],
  [`kubectl patch pod lonely --type=merge -p '{"metadata":{"labels":{"patched":null}}}'`, 'pod/lonely patched\n', '', 0],
  ['kubectl get pod lonely --show-labels --no-headers | grep -o "[^ ]*$"', 'team=red\n', '', 0],
  ['kubectl wait --for=condition=Ready pod/lonely --timeout=30s', 'pod/lonely condition met\n', '', 0],
  ['kubectl wait --for=delete pod/lonely --timeout=1s', '', 'error: timed out waiting for the condition on pods/lonely\n', 1],
  ['kubectl wait --for=nosuch pod/lonely', '', 'error: unrecognized condition: "nosuch"\n', 1],
  ['kubectl config current-context', 'kubernetes-admin@kubernetes\n', '', 0],
  ['kubectl config use-context nosuch', '', 'error: no context exists with the name: "nosuch"\n', 1],
  ['kubectl config set-context --current --namespace=kube-system', 'Context "kubernetes-admin@kubernetes" modified.\n', '', 0],
  ['kubectl config get-contexts', 'CURRENT   NAME                          CLUSTER      AUTHINFO           NAMESPACE\n*         kubernetes-admin@kubernetes   kubernetes   kubernetes-admin   kube-system\n', '', 0],
  ['kubectl get pods -o name | grep -c coredns', '2\n', '', 0],
  ['kubectl -n default get pod lonely -o name', 'pod/lonely\n', '', 0],
  ['kubectl --nosuch', '', "error: unknown flag: --nosuch\nSee 'kubectl --help' for usage.\n", 1],
  ['kubectl gett pods', '', 'error: unknown command "gett" for "kubectl"\n\nDid you mean this?\n\tset\n\tget\n', 1],
  ['kubectl get ds', '', 'kubectl: not simulated in this lab: daemonsets\n', 125],
  ['kubectl get nosuch', '', 'error: the server doesn\'t have a resource type "nosuch"\n', 1],
  ['kubectl get pods -n default --sort-by=.nosuch', '', 'No resources found in default namespace.\n', 0],
  ['kubectl top pods -A', '', 'error: Metrics API not available\n', 1],
]

test('a story', async () => {
  const machine = loadWritten(parseScenario(read('scenarios/notes.yaml'), 'notes.yaml'), {
    distribution: JSON.parse(read('nodes/debian-12.json')), hostNow, programs: PROGRAMS, load: () => Promise.reject(new Error('none')),
  })
  const session = new Session(machine, { host: 'controlplane', hostNow })
  for (const [cmd, stdout, stderr, code] of STORY) {
    const got = await session.run({ cmd })
    expect({ cmd, stdout: got.stdout, stderr: got.stderr, code: got.code }).toEqual({ cmd, stdout, stderr, code })
  }
  expect(machine.oopses()).toEqual([])
})
