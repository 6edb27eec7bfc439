/** The objects that words on the command line name: `TYPE NAME…`, `TYPE/NAME …`, `TYPE,TYPE`, `TYPE --all`, `TYPE -l …`, `-f FILE` (cli-runtime pkg/resource builder.go). */
import type { Run } from '../../../kernel/run'
import { type Resource, RESOURCES } from '../../../kubernetes/api/kinds'
import type { ApiObject } from '../../../kubernetes/api/objects'
import { namespaces } from '../../../kubernetes/api/server'
import { ApiStatus } from '../../../kubernetes/api/status'
import { type Context, Refused } from './command'
import { serverError } from './errors'
import { kindAsked } from './kinds'
import { readManifests } from './manifests'
import { checkSelectors, matchesFields, matchesLabels, SelectorError } from './selectors'

export interface Found {
  readonly resource: Resource
  readonly object: ApiObject
}

/** A kind, and a name where one is given. */
export interface Target {
  readonly resource: Resource
  readonly name: string | undefined
  readonly namespace: string
}

/** Kinds of the category `all` (`kubectl get all`). */
const ALL = ['pods', 'replicationcontrollers', 'services', 'daemonsets', 'deployments', 'replicasets', 'statefulsets', 'horizontalpodautoscalers', 'cronjobs', 'jobs']

const NOTHING_GIVEN =
  "error: You must provide one or more resources by argument or filename.\nExample resource specifications include:\n   '-f rsrc.yaml'\n   '--filename=rsrc.json'\n   '<resource> <name>'\n   '<resource>'"

export function* targetsOf(context: Context, words: readonly string[]): Run<Target[]> {
  const { flags } = context
  if (flags.all('filename').length > 0) {
    if (words.length > 0) throw new Refused('error: when paths, URLs, or stdin is provided as input, you may not specify resource arguments as well')
    return (yield* readManifests(context, 'no')).map(({ object, resource }) => ({ resource, name: object.metadata.name, namespace: object.metadata.namespace ?? context.namespace }))
  }
  return targetsNamed(context, words)
}

export function targetsNamed(context: Context, words: readonly string[]): Target[] {
  const { flags, namespace } = context
  const asked = (type: string): Resource => kindAsked(type, flags.is('all-namespaces') ? undefined : namespace)
  const isFiltered = flags.is('all') || flags.text('selector') !== undefined
  const [first, ...names] = words
  if (first === undefined) throw new Refused(NOTHING_GIVEN)
  if (words.some((word) => word.includes('/'))) {
    if (!first.includes('/')) {
      throw new Refused(
        "error: there is no need to specify a resource type as a separate argument when passing arguments in resource/name form (e.g. 'kubectl get resource/<resource_name>' instead of 'kubectl get resource resource/<resource_name>'",
      )
    }
    if (isFiltered) throw new Refused('error: selectors and the all flag cannot be used when passing resource/name arguments')
    return words.map((word) => {
      const [type = '', name = '', ...more] = word.split('/')
      if (more.length > 0) throw new Refused('error: arguments in resource/name form may not have more than one slash')
      if (type === '' || name === '') throw new Refused(`error: arguments in resource/name form must have a single resource and name`)
      return { resource: asked(type), name, namespace }
    })
  }
  const resources = first.split(',').flatMap((type) => (type === 'all' ? ALL.flatMap((plural) => RESOURCES.filter((r) => r.plural === plural)).map((r) => asked(r.plural)) : [asked(type)]))
  if (names.length > 0 && flags.text('selector') !== undefined) throw new Refused('error: name cannot be provided when a selector is specified')
  if (names.length === 0) return resources.map((resource) => ({ resource, name: undefined, namespace }))
  return resources.flatMap((resource) => names.map((name) => ({ resource, name, namespace })))
}

/** For commands that need names, a selector or `--all`. */
const NO_NAME = 'error: resource(s) were provided, but no name was specified'
const NO_NAME_BEFORE = 'error: resource(s) were provided, but no name, label selector, or --all flag specified'
const NEWER_WORDS = 25

export function mustBeNamed({ flags, release }: Context, targets: readonly Target[]): void {
  if (targets.some(({ name }) => name === undefined) && !flags.is('all') && flags.text('selector') === undefined && flags.text('field-selector') === undefined) {
    throw new Refused(release.minor < NEWER_WORDS ? NO_NAME_BEFORE : NO_NAME)
  }
}

/** An object by its name; in a namespace that is not there it is the namespace that is missed (resource.Info Get). */
export function* objectNamed(context: Context, resource: Resource, namespace: string, name: string): Run<ApiObject> {
  try {
    return yield* context.api((api) => api.get(resource, namespace, name))
  } catch (error) {
    if (!(error instanceof ApiStatus) || error.reason !== 'NotFound' || !resource.namespaced || namespace === 'default') throw error
    yield* context.api((api) => api.get(namespaces(), undefined, namespace))
    throw error
  }
}

/** Objects of a kind that the selectors let through. */
export function* listed(context: Context, { resource, namespace }: Target): Run<{ objects: ApiObject[]; version: number }> {
  const { flags } = context
  const [labels, fields] = [flags.text('selector') ?? '', flags.text('field-selector') ?? '']
  try {
    checkSelectors(resource.plural, labels, fields)
  } catch (error) {
    if (!(error instanceof SelectorError)) throw error
    throw new ApiStatus('BadRequest', error.message)
  }
  const { items, resourceVersion } = yield* context.api((api) => api.list(resource, flags.is('all-namespaces') || !resource.namespaced ? undefined : namespace))
  return { objects: items.filter((object) => matchesLabels(object.metadata.labels ?? {}, labels) && matchesFields(object, fields)), version: resourceVersion }
}

/** Gives each object to a function; what could not be had is told at the end, and the status is 1. */
export function* eachFound(context: Context, targets: readonly Target[], work: (found: Found) => Run, missing: 'fails' | 'passes' = 'fails'): Run<number> {
  let code = 0
  let told = ''
  const attempt = function* (run: () => Run): Run {
    try {
      yield* run()
    } catch (error) {
      if (error instanceof ApiStatus && error.reason === 'NotFound' && missing === 'passes') return
      if (error instanceof ApiStatus) told += serverError(error)
      else if (error instanceof Refused) told += `${error.message}\n`
      else throw error
      code = 1
    }
  }
  for (const target of targets) {
    const { resource, name, namespace } = target
    if (name !== undefined) {
      yield* attempt(function* () {
        yield* work({ resource, object: yield* objectNamed(context, resource, namespace, name) })
      })
      continue
    }
    for (const object of (yield* listed(context, target)).objects) yield* attempt(() => work({ resource, object }))
  }
  context.io.err(told)
  return code
}

export function* objectsNamed(context: Context, words: readonly string[]): Run<Found[]> {
  const targets = yield* targetsOf(context, words)
  mustBeNamed(context, targets)
  const found: Found[] = []
  const code = yield* eachFound(context, targets, function* (each) {
    found.push(each)
  })
  if (code !== 0 && found.length === 0) context.io.exit(code)
  return found
}
