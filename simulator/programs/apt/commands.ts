/** The commands that apt-get(8) and apt(8) share. */
import type { Run } from '../../kernel/run'
import type { Io } from '../program'
import { install, lock, open, remove } from './change'
import type { AptOptions } from './options'
import { unneeded } from './plan'
import { sourceOf } from './sources'
import { begin, showList, stage } from './words'

export type Command = (io: Io, options: AptOptions, words: readonly string[]) => Run<number>

/** `update`: the lists are those of the archive, so nothing is ever new. */
function* update(io: Io, options: AptOptions, _: readonly string[], after: 'lists' | 'upgradable'): Run<number> {
  if (!lock(io)) return 100
  const { uri, codename } = yield* sourceOf(io.sys)
  yield* io.sys.sleep(180_000_000)
  if (options.quiet < 2) io.out(`Hit:1 ${uri} ${codename} InRelease\n`)
  if (after === 'upgradable') yield* begin(io, options.quiet >= 2 ? 'quiet' : 'normal')
  else yield* stage(io, 'Reading package lists', 350_000_000, options.quiet >= 2 ? 'quiet' : 'normal')
  if (after === 'upgradable' && options.quiet < 2) io.out('All packages are up to date.\n')
  return 0
}

function* upgrade(io: Io, options: AptOptions): Run<number> {
  if (!options.simulate && !lock(io)) return 100
  const database = yield* open(io, options)
  yield* stage(io, 'Calculating upgrade', 40_000_000, options.quiet >= 2 ? 'quiet' : 'normal')
  const idle = unneeded(database)
  if (idle.length > 0) showList(io, 'The following packages were automatically installed and are no longer required:', idle)
  io.out('0 upgraded, 0 newly installed, 0 to remove and 0 not upgraded.\n')
  return 0
}

function* nothing(io: Io): Run<number> {
  return lock(io) ? 0 : 100
}

/** `how`: apt tells after an update what could be upgraded, apt-get does not. */
export const commandsOf = (how: 'apt' | 'apt-get'): Readonly<Record<string, Command>> => ({
  install,
  reinstall: (io, options, words) => install(io, { ...options, reinstall: true }, words),
  remove: (io, options, words) => remove(io, options, words, options.purge ? 'purge' : 'remove'),
  purge: (io, options, words) => remove(io, options, words, 'purge'),
  autoremove: (io, options, words) => remove(io, options, words, 'autoremove'),
  update: (io, options, words) => update(io, options, words, how === 'apt' ? 'upgradable' : 'lists'),
  upgrade,
  'full-upgrade': upgrade,
  'dist-upgrade': upgrade,
  clean: nothing,
  autoclean: nothing,
  *check(io, options) {
    yield* open(io, options)
    return 0
  },
})

/** Commands that exist and that the lab does not simulate. */
export const NOT_SIMULATED: readonly string[] = ['source', 'build-dep', 'satisfy', 'download', 'changelog', 'dselect-upgrade', 'edit-sources', 'indextargets', 'moo']
