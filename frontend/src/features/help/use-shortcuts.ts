import { useEffect, useEffectEvent } from 'react'

const isTyping = (target: EventTarget | null): boolean =>
  target instanceof HTMLElement &&
  (target.isContentEditable || target.matches('input, textarea, select'))

const isShown = (element: HTMLElement): boolean => element.offsetParent !== null

/** Puts the cursor into the first search of the page. */
const focusSearch = (): boolean => {
  const search = [...document.querySelectorAll<HTMLElement>('[data-search]')].find(isShown)
  search?.focus()
  return search !== undefined
}

/** The keys that work everywhere: `/` searches, `?` lists the keys. None while something is typed or a window is open. */
export const useShortcuts = (openHelp: () => void): void => {
  const onKey = useEffectEvent((event: KeyboardEvent) => {
    const { key, target, ctrlKey, metaKey, altKey } = event
    if (ctrlKey || metaKey || altKey || isTyping(target)) return
    if (document.querySelector('dialog[open]')) return
    if (key === '?') openHelp()
    else if (key !== '/' || !focusSearch()) return
    event.preventDefault()
  })
  useEffect(() => {
    document.addEventListener('keydown', onKey)
    return () => document.removeEventListener('keydown', onKey)
  }, [])
}
