/** Longest input looked at, in characters: a description may be a whole article. */
const maxInput = 4_000

/** Elements whose content is not text. Without an end they reach to the end. */
const hidden = /<(script|style|template|noscript|iframe|svg)\b[\s\S]*?(?:<\/\1\s*>|$)/gi
const comment = /<!--[\s\S]*?(?:-->|$)/g
/** Elements inside of a word or a sentence: nothing stands for them. All others end a word. */
const inline = /<\/?(?:a|abbr|b|cite|code|em|font|i|mark|s|small|span|strong|sub|sup|u)\b[^<>]*>/gi
const tag = /<[/!?]?[a-z][^<>]*>/gi
/** A tag that the provider has cut off. */
const cutTag = /<[/!?]?[a-z][\w:-]*(?:\s[^<>]*)?$/i

const stripTags = (text: string): string =>
  text
    .replace(hidden, ' ')
    .replace(comment, ' ')
    .replace(inline, '')
    .replace(tag, ' ')
    .replace(cutTag, '')

/** A mail address, with the brackets that it stands in. */
const mail =
  /[([<]?\s*[\p{L}\p{N}._%+'-]{1,64}@[\p{L}\p{N}-]{1,63}(?:\.[\p{L}\p{N}-]{1,63})+\s*[)\]>]?/gu

const withoutMail = (text: string): string => stripTags(text).replace(mail, ' ')

/** Until nothing is left to take out: what goes can make a tag or an address of what was around it. */
const untilClean = (text: string, step: (text: string) => string): string => {
  const next = step(text)
  return next === text ? text : untilClean(next, step)
}

const named: Readonly<Record<string, string>> = {
  ...{ amp: '&', lt: '<', gt: '>', quot: '"', apos: "'", nbsp: ' ', hellip: '…' },
  ...{ lsquo: '‘', rsquo: '’', ldquo: '“', rdquo: '”', ndash: '–', mdash: '—' },
}

const fromCode = (code: number): string =>
  code > 0x10ffff || (code >= 0xd800 && code <= 0xdfff) ? '' : String.fromCodePoint(code)

const decodeEntities = (text: string): string =>
  text.replace(/&(?:#(\d{1,7})|#x([\da-f]{1,6})|([a-z]{2,6}));/gi, (whole, dec, hex, name) => {
    if (dec !== undefined) return fromCode(Number(dec))
    if (hex !== undefined) return fromCode(Number.parseInt(hex, 16))
    return named[String(name).toLowerCase()] ?? whole
  })

/** What is not seen, or turns the order of what is: control characters, overrides of direction, blanks without a width. */
const unseen = /[\p{Cc}\u00ad\u200b\u202a-\u202e\u2066-\u2069\ufeff]/gu

const visible = (text: string): string =>
  text.toWellFormed().replace(/\s+/g, ' ').replace(unseen, '')

/**
 * What a person reads in some HTML or text: tags taken out, entities decoded (once; what was escaped twice is markup
 * too and goes), mail addresses dropped, white space collapsed. May be empty. The result is text: whoever shows it as
 * HTML has to escape it.
 */
export const plainText = (source: string): string => {
  const stripped = untilClean(visible(source.slice(0, maxInput)), stripTags)
  const decoded = visible(decodeEntities(stripped))
  // Addresses last: taken out of escaped text, they would leave their brackets behind.
  return untilClean(decoded, withoutMail).replace(/\s+/g, ' ').trim()
}

/** Text of at most `max` characters (UTF-16 units), cut at a word where one ends near, with an ellipsis. */
export const cutText = (text: string, max: number): string => {
  if (text.length <= max) return text
  const head = text.slice(0, max - 1)
  const space = head.lastIndexOf(' ')
  const cut = space > max * 0.5 ? head.slice(0, space) : head.replace(/[\ud800-\udbff]$/, '')
  return `${cut.trimEnd()}…`
}
