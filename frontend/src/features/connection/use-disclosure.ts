import { type RefObject, useEffect, useRef, useState } from 'react'

/** A small panel that a button opens. */
export interface Disclosure {
  readonly open: boolean
  readonly root: RefObject<HTMLDivElement | null>
  readonly button: RefObject<HTMLButtonElement | null>
  toggle(): void
}

/** Opens and closes a small panel: Escape gives focus back to its button, a press elsewhere closes it. */
export const useDisclosure = (): Disclosure => {
  const [open, setOpen] = useState(false)
  const root = useRef<HTMLDivElement>(null)
  const button = useRef<HTMLButtonElement>(null)
  useEffect(() => {
    if (!open) return
    const listening = new AbortController()
    const { signal } = listening
    const closeOutside = ({ target }: PointerEvent) => {
      if (target instanceof Node && !root.current?.contains(target)) setOpen(false)
    }
    const closeByKey = ({ key }: KeyboardEvent) => {
      if (key !== 'Escape') return
      setOpen(false)
      button.current?.focus()
    }
    document.addEventListener('pointerdown', closeOutside, { signal })
    document.addEventListener('keydown', closeByKey, { signal })
    return () => listening.abort()
  }, [open])
  return { open, root, button, toggle: () => setOpen(!open) }
}
