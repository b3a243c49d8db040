import type { ReactNode } from 'react'

/** A quiet button. */
export const Button = ({ onClick, children }: { onClick: () => void; children: ReactNode }) => (
  <button
    type="button"
    onClick={onClick}
    className="touchable min-h-7 rounded-md border border-line bg-raised px-2.5 text-12 font-medium text-text  hover:border-faint "
  >
    {children}
  </button>
)
