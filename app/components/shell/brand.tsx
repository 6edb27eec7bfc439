import Link from 'next/link'

/** The pause sign and the name. */
export function Brand() {
  return (
    <Link prefetch={false} href="/" className="tool shrink-0 gap-2.5 text-base font-semibold tracking-tight">
      <span aria-hidden="true" className="bars text-[0.95rem] text-pause" />
      Pause Lab
    </Link>
  )
}
