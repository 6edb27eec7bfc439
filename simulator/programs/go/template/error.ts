/** What is wrong with a Go template: found when it was parsed, or when it was run. The message is Go's, whole. */
export class TemplateError extends Error {
  readonly stage: 'parse' | 'execute'
  constructor(stage: 'parse' | 'execute', message: string) {
    super(message)
    this.stage = stage
  }
}

/** What a function finds wrong; the template's place is put before it. */
export class CallError extends Error {}
