/** Stories that are remembered as read; the oldest are forgotten first. */
export const maxMarks = 300

const isText = (value: unknown): value is string => typeof value === 'string'

const parsed = (text: string): unknown => {
  try {
    return JSON.parse(text)
  } catch {
    return undefined
  }
}

/** The ids of a stored text, newest mark first; what is no list of texts has none. */
export const marksOf = (text: string | null): readonly string[] => {
  const value = text === null ? undefined : parsed(text)
  return Array.isArray(value) ? value.filter(isText).slice(0, maxMarks) : []
}

/** The text to store after stories were read. */
export const markedText = (text: string | null, ids: readonly string[]): string =>
  JSON.stringify([...new Set([...ids, ...marksOf(text)])].slice(0, maxMarks))
