import { loadText, saveText } from '../ui/storage.ts'

const key = 'flux.user'

/** Keeps the browser's copy of the user's fields over visits, where the browser allows it. */
export const storedUser = {
  load: (): string | null => loadText(key),
  save: (text: string): void => saveText(key, text),
}
