/** A listing with a head: what each of its columns means, by the title as it is printed. */
export interface Listing {
  readonly name: string
  /** Titles in order: a line that begins with these is the head. Of any listing, a line of two or more of its titles in capitals and nothing else is one too: columns can be chosen. */
  readonly head: readonly string[]
  readonly columns: Readonly<Record<string, string>>
}
