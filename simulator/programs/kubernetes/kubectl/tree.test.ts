import { expect, test } from 'vitest'
import { validationErrors } from '../../../kubernetes/api/schema'
import { Flags } from '../../cobra/flags'
import FLAGS from './help/flags.json'
import OLD from './help/v1.20.json'
import NOW from './help/v1.27.json'
import { Release } from './tree'

test('words find commands, past flags and by other names', () => {
  const release = new Release('v1.27.1')
  const cases: [string, string, string][] = [
    ['get pods -o wide', 'get', 'pods -o wide'],
    ['-n kube-system get pods', 'get', '-n kube-system pods'],
    ['create -f x deploy y', 'create deployment', '-f x y'],
    ['create ns y', 'create namespace', 'y'],
    ['create svc np', 'create service', 'np'],
    ['rollout nosuch', 'rollout', 'nosuch'],
    ['gett pods', '', 'gett pods'],
    ['exec pod -- get', 'exec', 'pod -- get'],
  ]
  for (const [line, path, rest] of cases) {
    const { path: found, args } = release.find(line.split(' '))
    expect([line, found, args.join(' ')]).toEqual([line, path, rest])
  }
  expect(new Release('v1.20.2').find(['events']).path).toBe('')
  expect(release.find(['events']).path).toBe('events')
})

test('flags are of the kind that their first value shows', () => {
  const specs = new Release('v1.20.2').flags('get')
  const read = (line: string): Flags => new Flags(specs, line.split(' '))
  expect(read('pods -owide').text('output')).toBe('wide')
  expect(read('pods -Ao yaml').all('output')).toEqual(['yaml'])
  expect(read('-A=false').is('all-namespaces')).toBe(false)
  for (const [line, why] of [
    ['--nosuch', 'unknown flag: --nosuch'], ['-x', "unknown shorthand flag: 'x' in -x"], ['-o', "flag needs an argument: 'o' in -o"],
    ['--watch=maybe', 'invalid argument "maybe" for "-w, --watch" flag: strconv.ParseBool: parsing "maybe": invalid syntax'],
    ['--chunk-size=x', 'invalid argument "x" for "--chunk-size" flag: strconv.ParseInt: parsing "x": invalid syntax'],
  ] as const) {
    expect(() => read(line)).toThrow(why)
  }
})

test('every command has help, and every flag of the table stands in it', () => {
  const texts: Readonly<Record<string, Readonly<Record<string, string>>>> = { 'v1.20': OLD, 'v1.27': NOW }
  for (const [version, commands] of Object.entries(FLAGS)) {
    for (const [path, { flags }] of Object.entries<{ flags: string[] }>(commands)) {
      const text = texts[version]?.[path === '!' ? 'options' : path] ?? ''
      // The group of alpha features of 1.27 is empty, and shows nothing.
      expect(text !== '' || path === 'alpha', `${version} ${path}`).toBe(true)
      for (const flag of flags) expect(text, `${version} ${path}`).toContain(`--${flag.replace(/^\w,/, '')}:`)
    }
  }
})

test('a manifest that does not fit', () => {
  const pod = (spec: unknown): Readonly<Record<string, unknown>> => ({ apiVersion: 'v1', kind: 'Pod', metadata: { name: 'x' }, spec })
  expect(validationErrors(pod({ containers: [{ name: 'a', image: 'b', env: [{ name: 'N', value: 1 }] }] }))).toEqual([])
  expect(validationErrors(pod({ containers: [{ image: 'b', ports: [{ containerPort: '80' }], tty: 'yes' }], hostNetwork: 'yes', nosuch: 1 }))).toEqual([
    'ValidationError(Pod.spec.containers[0].ports[0].containerPort): invalid type for io.k8s.api.core.v1.ContainerPort.containerPort: got "string", expected "integer"',
    'ValidationError(Pod.spec.containers[0].tty): invalid type for io.k8s.api.core.v1.Container.tty: got "string", expected "boolean"',
    'ValidationError(Pod.spec.containers[0]): missing required field "name" in io.k8s.api.core.v1.Container',
    'ValidationError(Pod.spec.hostNetwork): invalid type for io.k8s.api.core.v1.PodSpec.hostNetwork: got "string", expected "boolean"',
    'ValidationError(Pod.spec): unknown field "nosuch" in io.k8s.api.core.v1.PodSpec',
  ])
})
