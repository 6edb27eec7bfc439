/** `set -o` and `shopt` options (bash(1), "The Set Builtin", "The Shopt Builtin"), in the order in which bash lists them. */
export const SET_OPTIONS = [
  ['allexport', 'a'], ['braceexpand', 'B'], ['emacs', ''], ['errexit', 'e'], ['errtrace', 'E'], ['functrace', 'T'],
  ['hashall', 'h'], ['histexpand', 'H'], ['history', ''], ['ignoreeof', ''], ['interactive-comments', ''],
  ['keyword', 'k'], ['monitor', 'm'], ['noclobber', 'C'], ['noexec', 'n'], ['noglob', 'f'], ['nolog', ''],
  ['notify', 'b'], ['nounset', 'u'], ['onecmd', 't'], ['physical', 'P'], ['pipefail', ''], ['posix', ''],
  ['privileged', 'p'], ['verbose', 'v'], ['vi', ''], ['xtrace', 'x'],
] as const

export type SetOption = (typeof SET_OPTIONS)[number][0]

export const SHOPT_OPTIONS = [
  'autocd', 'assoc_expand_once', 'cdable_vars', 'cdspell', 'checkhash', 'checkjobs', 'checkwinsize', 'cmdhist',
  'compat31', 'compat32', 'compat40', 'compat41', 'compat42', 'compat43', 'compat44', 'complete_fullquote', 'direxpand',
  'dirspell', 'dotglob', 'execfail', 'expand_aliases', 'extdebug', 'extglob', 'extquote', 'failglob',
  'force_fignore', 'globasciiranges', 'globskipdots', 'globstar', 'gnu_errfmt', 'histappend', 'histreedit',
  'histverify', 'hostcomplete', 'huponexit', 'inherit_errexit', 'interactive_comments', 'lastpipe', 'lithist',
  'localvar_inherit', 'localvar_unset', 'login_shell', 'mailwarn', 'no_empty_cmd_completion', 'nocaseglob',
  'nocasematch', 'noexpand_translation', 'nullglob', 'patsub_replacement', 'progcomp', 'progcomp_alias',
  'promptvars', 'restricted_shell', 'shift_verbose', 'sourcepath', 'varredir_close', 'xpg_echo',
] as const

export type ShoptOption = (typeof SHOPT_OPTIONS)[number]

const SET_DEFAULTS: readonly SetOption[] = ['braceexpand', 'hashall', 'interactive-comments']
const SHOPT_DEFAULTS: readonly ShoptOption[] = [
  'checkwinsize', 'cmdhist', 'complete_fullquote', 'extquote', 'force_fignore', 'globasciiranges', 'globskipdots',
  'hostcomplete', 'interactive_comments', 'patsub_replacement', 'progcomp', 'promptvars', 'sourcepath',
]

export class Options {
  readonly set: Set<SetOption>
  readonly shopt: Set<ShoptOption>
  constructor(from?: Options) {
    this.set = new Set(from?.set ?? SET_DEFAULTS)
    this.shopt = new Set(from?.shopt ?? SHOPT_DEFAULTS)
  }
  has(name: SetOption): boolean {
    return this.set.has(name)
  }
  isShopt(name: ShoptOption): boolean {
    return this.shopt.has(name)
  }
  turn(name: SetOption, state: 'on' | 'off'): void {
    if (state === 'off') {
      this.set.delete(name)
      return
    }
    this.set.add(name)
    if (name === 'emacs') this.set.delete('vi')
    if (name === 'vi') this.set.delete('emacs')
  }
  turnShopt(name: ShoptOption, state: 'on' | 'off'): void {
    if (state === 'on') this.shopt.add(name)
    else this.shopt.delete(name)
  }
}

export const setOptionNamed = (name: string): SetOption | undefined => SET_OPTIONS.find(([long]) => long === name)?.[0]
export const setOptionOfLetter = (letter: string): SetOption | undefined => SET_OPTIONS.find(([, short]) => short !== '' && short === letter)?.[0]
export const shoptNamed = (name: string): ShoptOption | undefined => SHOPT_OPTIONS.find((option) => option === name)
