/** Where coroutines wait for something to happen. `wake` makes all of them runnable; each looks again for itself. */
export interface Sleeper {
  wake(): void
}

export class WaitQueue {
  private readonly sleepers = new Set<Sleeper>()
  add(sleeper: Sleeper): void {
    this.sleepers.add(sleeper)
  }
  remove(sleeper: Sleeper): void {
    this.sleepers.delete(sleeper)
  }
  get empty(): boolean {
    return this.sleepers.size === 0
  }
  wake(): void {
    if (this.sleepers.size === 0) return
    for (const sleeper of [...this.sleepers]) sleeper.wake()
  }
}
