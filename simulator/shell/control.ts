/** What leaves a command early: the shell's non-local jumps, thrown and caught inside the interpreter. */
export class LoopJump {
  readonly kind: 'break' | 'continue'
  levels: number
  constructor(kind: 'break' | 'continue', levels: number) {
    this.kind = kind
    this.levels = levels
  }
}

/** `return` from a function or a sourced file. */
export class ReturnJump {
  readonly code: number
  constructor(code: number) {
    this.code = code
  }
}

/** The shell ends with this status. */
export class ExitJump {
  readonly code: number
  constructor(code: number) {
    this.code = code
  }
}

/** An expansion failed: the message is printed; the current list is given up; `fatal` ends a shell that is not interactive. */
export class ExpansionError {
  readonly message: string
  readonly code: number
  readonly fatal: 'fatal' | 'list'
  constructor(message: string, fatal: 'fatal' | 'list' = 'list', code = 1) {
    this.message = message
    this.fatal = fatal
    this.code = code
  }
}

/** SIGINT reached an interactive shell: back to the prompt. */
export class InterruptJump {}

/** A redirection failed; the message is printed, the command does not run. */
export class RedirectError {
  readonly message: string
  constructor(message: string) {
    this.message = message
  }
}
