/** Where one types: the terminal that is shown, or its plain line. The one of them that is not to be seen takes no focus. */
const FIELDS = '[data-terminal] textarea, [data-plain]'

/** Goes to the terminal; false where none is to be seen, as on a phone beside the lesson. */
export function toTerminal(): boolean {
  for (const field of document.querySelectorAll<HTMLElement>(FIELDS)) {
    field.focus()
    if (document.activeElement === field) return true
  }
  return false
}

/** Ctrl+`: to the terminal, and from it back to where the focus was. */
export function toAndFro(): () => void {
  let before: Element | null = null
  const key = (event: KeyboardEvent): void => {
    if (event.code !== 'Backquote' || !event.ctrlKey || event.shiftKey || event.altKey) return
    event.preventDefault()
    event.stopPropagation()
    const { activeElement } = document
    if (activeElement?.matches(FIELDS)) {
      if (before instanceof HTMLElement) before.focus()
    } else if (toTerminal()) before = activeElement
  }
  window.addEventListener('keydown', key, { capture: true })
  return () => window.removeEventListener('keydown', key, { capture: true })
}
