/** Gives the terminal that is shown the focus; false where none is to be seen, as on a phone beside the lesson. */
export function toTerminal(): boolean {
  const field = document.querySelector<HTMLElement>('[data-terminal] textarea')
  field?.focus()
  return field !== null && document.activeElement === field
}

/** Ctrl+`: to the terminal, and from it back to where the focus was. */
export function toAndFro(): () => void {
  let before: Element | null = null
  const key = (event: KeyboardEvent): void => {
    if (event.code !== 'Backquote' || !event.ctrlKey || event.shiftKey || event.altKey) return
    event.preventDefault()
    event.stopPropagation()
    const { activeElement } = document
    if (activeElement?.closest('[data-terminal]')) {
      if (before instanceof HTMLElement) before.focus()
    } else if (toTerminal()) before = activeElement
  }
  window.addEventListener('keydown', key, { capture: true })
  return () => window.removeEventListener('keydown', key, { capture: true })
}
