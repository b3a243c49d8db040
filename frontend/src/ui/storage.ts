/** Reads a text from the browser's storage; null when there is none or storage is denied. */
export const loadText = (key: string): string | null => {
  try {
    return localStorage.getItem(key)
  } catch {
    return null
  }
}

/** Keeps a text in the browser's storage, null removes it; without effect where storage is denied or full. */
export const saveText = (key: string, text: string | null): void => {
  try {
    if (text === null) localStorage.removeItem(key)
    else localStorage.setItem(key, text)
  } catch {
    return
  }
}
