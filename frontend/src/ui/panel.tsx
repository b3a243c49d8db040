import { createContext, type ReactNode, useContext, useId } from 'react'

interface PanelProps {
  readonly title: string
  /** Beside the title, at the right. */
  readonly aside?: ReactNode
  readonly footer?: ReactNode
  readonly busy?: boolean
  readonly children: ReactNode
}

/** Tells panels of one title apart where several stand on a page; for screen readers. */
export const PanelNote = createContext('')

/** A titled region of the page: heading, content, footer. */
export const Panel = ({ title, aside, footer, busy = false, children }: PanelProps) => {
  const id = useId()
  const note = useContext(PanelNote)
  return (
    <section
      aria-labelledby={id}
      aria-busy={busy}
      className="flex min-h-0 grow flex-col rounded-[10px] border border-line bg-surface shadow-panel"
    >
      <header className="flex shrink-0 items-baseline justify-between gap-3 px-3 pt-3 pb-2 md:px-4 md:pt-4">
        <h2 id={id} className="text-15 font-semibold">
          {title}
          {note && <span className="sr-only">, {note}</span>}
        </h2>
        {aside}
      </header>
      {children}
      {footer && (
        <footer className="mt-auto flex min-h-9 shrink-0 flex-wrap items-center gap-x-3 gap-y-1 border-t border-line px-3 py-2 text-12 text-muted md:px-4">
          {footer}
        </footer>
      )}
    </section>
  )
}
