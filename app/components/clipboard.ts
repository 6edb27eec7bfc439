/** Puts text on the clipboard; false where the browser does not let a page do so. Without https it has no clipboard to ask, but still copies what is selected. */
export async function toClipboard(text: string): Promise<boolean> {
  try {
    await navigator.clipboard.writeText(text)
    return true
  } catch {
    return copySelected(text)
  }
}

function copySelected(text: string): boolean {
  const focused = document.activeElement
  const field = document.createElement('textarea')
  field.value = text
  field.className = 'sr-only'
  // Within an open dialog: outside of it nothing can be focused.
  const room = focused?.closest('dialog') ?? document.body
  room.append(field)
  field.select()
  const copied = document.execCommand('copy')
  field.remove()
  if (focused instanceof HTMLElement) focused.focus()
  return copied
}
