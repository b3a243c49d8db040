import { useSyncExternalStore } from 'react'
import { loadText, saveText } from './storage.ts'

const changedEvent = 'flux:stored'

const subscribe = (listener: () => void): (() => void) => {
  // `storage` tells the other tabs only.
  window.addEventListener('storage', listener)
  window.addEventListener(changedEvent, listener)
  return () => {
    window.removeEventListener('storage', listener)
    window.removeEventListener(changedEvent, listener)
  }
}

/** A text of the browser's storage that all tabs follow; null while there is none. */
export const useStored = (key: string): readonly [string | null, (text: string | null) => void] => {
  const text = useSyncExternalStore(subscribe, () => loadText(key))
  const save = (next: string | null) => {
    saveText(key, next)
    window.dispatchEvent(new Event(changedEvent))
  }
  return [text, save]
}
