import type { MouseEvent, ReactNode } from 'react'
import { useNavigation } from './use-route.tsx'

interface LinkProps {
  readonly to: string
  /** Opens over the present view, which stays. */
  readonly over?: boolean
  readonly className?: string
  /** It leads to where the page is. */
  readonly current?: boolean
  readonly label?: string
  readonly children: ReactNode
}

const isPlain = ({ button, metaKey, ctrlKey, shiftKey, altKey }: MouseEvent): boolean =>
  button === 0 && !metaKey && !ctrlKey && !shiftKey && !altKey

/** A link inside the page: a real address that a plain press follows without loading the page again. */
export const Link = ({ to, over = false, className, current, label, children }: LinkProps) => {
  const { go } = useNavigation()
  const follow = (event: MouseEvent) => {
    if (!isPlain(event)) return
    event.preventDefault()
    go(to, { over })
  }
  return (
    <a
      href={to}
      onClick={follow}
      className={className}
      aria-label={label}
      aria-current={current ? 'page' : undefined}
    >
      {children}
    </a>
  )
}
