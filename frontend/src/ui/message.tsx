import type { ReactNode } from 'react'

/** Words where data would be: one sentence or two, and at most one action. */
export const Message = ({ children, action }: { children: ReactNode; action?: ReactNode }) => (
  <div className="flex flex-col items-start gap-3 px-3 py-6 text-13 text-muted md:px-4">
    <p className="max-w-prose text-pretty">{children}</p>
    {action}
  </div>
)
