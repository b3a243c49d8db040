const marks = /\p{M}/gu

const plain = (text: string): string =>
  text.normalize('NFKD').replace(marks, '').toLocaleLowerCase('en')

/** The words of a search, without accents and capitals. */
export const searchWords = (typed: string): readonly string[] =>
  plain(typed)
    .split(/\s+/)
    .filter((word) => word !== '')

/** Whether a text has every word of a search, in any order, capitals and accents aside. */
export const hasWords = (text: string, words: readonly string[]): boolean => {
  if (words.length === 0) return true
  const searched = plain(text)
  return words.every((word) => searched.includes(word))
}
