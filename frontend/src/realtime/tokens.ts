import { loadText, saveText } from '../ui/storage.ts'

const key = 'flux.token'

/** Keeps the session's token over visits, where the browser allows it. */
export const storedTokens = {
  load: (): string | null => loadText(key),
  save: (token: string | null): void => saveText(key, token),
}
