import { type ReactNode, useEffect, useId, useRef } from 'react'
import { IconButton } from './icon-button.tsx'

interface DialogProps {
  readonly title: string
  readonly onClose: () => void
  /** `center`: a small window. `side`: from the right, a sheet from below on phones. */
  readonly from?: 'center' | 'side'
  readonly children: ReactNode
}

const shapes = {
  center:
    'm-auto w-110 max-w-[calc(100vw-24px)] max-h-[calc(100dvh-48px)] rounded-[10px] border shadow-float dialog-in',
  side: 'sheet border-line shadow-float',
} as const

/**
 * A window over the page. The browser keeps focus inside, closes it by Escape and gives focus back to where it was;
 * a press beside it closes it too.
 */
export const Dialog = ({ title, onClose, from = 'center', children }: DialogProps) => {
  const ref = useRef<HTMLDialogElement>(null)
  const id = useId()
  useEffect(() => {
    const dialog = ref.current
    const before = document.activeElement
    if (!dialog?.open) dialog?.showModal()
    return () => {
      dialog?.close()
      // When the whole dialog is taken away at once, browsers do not always give focus back.
      if (before instanceof HTMLElement && before.isConnected) before.focus()
    }
  }, [])
  return (
    // biome-ignore lint/a11y/useKeyWithClickEvents: Escape is the key for it, which a dialog has by itself
    <dialog
      ref={ref}
      aria-labelledby={id}
      onCancel={(event) => {
        event.preventDefault()
        onClose()
      }}
      onClick={({ target }) => {
        if (target === ref.current) onClose()
      }}
      className={`overflow-hidden border-line bg-surface p-0 text-text ${shapes[from]}`}
    >
      <div className="flex h-full max-h-[inherit] flex-col">
        <header className="flex items-center justify-between gap-3 border-b border-line px-4 py-3">
          <h2 id={id} className="text-15 font-semibold">
            {title}
          </h2>
          <IconButton label="Close" icon="close" onClick={onClose} />
        </header>
        <div className="min-h-0 flex-1 overflow-y-auto overscroll-contain">{children}</div>
      </div>
    </dialog>
  )
}
