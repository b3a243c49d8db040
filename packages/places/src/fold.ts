/** Letters that Unicode does not take apart into a base letter and a mark. */
const letters: Readonly<Record<string, string>> = {
  æ: 'ae',
  œ: 'oe',
  ø: 'o',
  ð: 'd',
  đ: 'd',
  þ: 'th',
  ß: 'ss',
  ł: 'l',
  ı: 'i',
  ħ: 'h',
  ŋ: 'n',
}

/** Longer input is cut: no name is half as long, and a search must stay cheap whatever comes in. */
const maxLength = 100

const ascii = /^[\0-\x7f]*$/

const toAscii = (text: string): string =>
  text
    .normalize('NFKD')
    // Once more: a single character of the input may stand for eighteen.
    .slice(0, maxLength)
    .toLowerCase()
    .replace(/[\p{M}’‘´ʼ]/gu, '')
    .replace(/[^\0-\x7f]/gu, (letter) => letters[letter] ?? ' ')

/**
 * The words of a text in lower-case ASCII letters and digits: `Saint-Étienne` → `saint`, `etienne`. Accents go, so do
 * dots and apostrophes (`St. John’s` → `st`, `johns`); everything else parts words. Never throws.
 */
export const foldedWords = (text: string): string[] => {
  const start = text.slice(0, maxLength)
  // Nearly all names are ASCII as they are; what stands for other letters is slow.
  const plain = ascii.test(start) ? start.toLowerCase() : toAscii(start)
  return plain.replace(/['`.]/g, '').match(/[a-z0-9]+/g) ?? []
}

/** The same as one text with single spaces. */
export const folded = (text: string): string => foldedWords(text).join(' ')
