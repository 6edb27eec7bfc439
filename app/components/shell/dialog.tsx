'use client'
import { type ReactNode, type RefObject, useLayoutEffect, useRef } from 'react'

/** Shows a dialog as long as it is there. It is closed before it goes, since only that gives the focus back to where it was. */
export function useModal(): RefObject<HTMLDialogElement | null> {
  const ref = useRef<HTMLDialogElement>(null)
  useLayoutEffect(() => {
    const dialog = ref.current
    if (dialog && !dialog.open) dialog.showModal()
    return () => dialog?.close()
  }, [])
  return ref
}

/** A modal dialog: the element of the platform, with its focus trap and its Esc. */
export function Dialog({ title, onClose, children, className = 'w-[min(36rem,94vw)]' }: { title: string; onClose: () => void; children: ReactNode; className?: string }) {
  const ref = useModal()
  return (
    <dialog
      ref={ref}
      aria-label={title}
      onClose={() => ref.current?.open || onClose()}
      onMouseDown={(e) => {
        if (e.target === ref.current) ref.current.close()
      }}
      className={`sheet-dialog fade-in ${className}`}
    >
      <div className="flex items-center border-b border-rule py-1.5 ps-5 pe-2">
        <h2 className="font-mono text-base font-semibold">{title}</h2>
        <button type="button" className="tool ms-auto" onClick={() => ref.current?.close()} aria-label="Close">
          <span className="pointer-coarse:hidden">Esc</span>
          <span className="hidden pointer-coarse:inline">Close</span>
        </button>
      </div>
      <div className="p-5">{children}</div>
    </dialog>
  )
}
