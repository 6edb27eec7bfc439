/** What no prompt needs waits for it: the first prompt of a page that begins with a terminal, or the moment when it is plain that none comes soon. */
const LONGEST_MS = 3000

let there: () => void = () => {}
const prompt = new Promise<void>((resolve) => {
  there = resolve
  // Only a lab that was started before the page is waited for.
  if (typeof window === 'undefined' || !window.earlyLab) resolve()
  else setTimeout(resolve, LONGEST_MS)
})

export const afterPrompt = (): Promise<void> => prompt
/** The prompt is drawn in the next frame. */
export function promptCame(): void {
  performance.mark('prompt')
  setTimeout(there, 50)
}
