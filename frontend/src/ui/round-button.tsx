import type { ReactNode } from 'react'

interface RoundButtonProps {
  /** What a screen reader says, and the tooltip. */
  readonly label: string
  readonly onClick: () => void
  /** For a switch: whether it is on. */
  readonly pressed?: boolean | undefined
  /** Not on phones. */
  readonly roomy?: boolean
  readonly children: ReactNode
}

/** A round button with a line around it, as in the header. */
export const RoundButton = ({ label, onClick, pressed, roomy, children }: RoundButtonProps) => (
  <button
    type="button"
    onClick={onClick}
    aria-label={label}
    aria-pressed={pressed}
    title={label}
    className={`touchable size-8 shrink-0 place-items-center rounded-full border border-line bg-surface text-12 text-muted hover:text-text ${roomy ? 'hidden md:grid' : 'grid'}`}
  >
    {children}
  </button>
)
