/** What runc failed with, in its words; the program prints it and writes it to `--log`. */
export class RuncError extends Error {
  readonly exitStatus: number
  constructor(message: string, exitStatus = 1) {
    super(message)
    this.exitStatus = exitStatus
  }
}
