const form = /^(\d{4})-(\d\d)-(\d\d) (\d\d):(\d\d):(\d\d)$/

/** `YYYY-MM-DD HH:MM:SS` in UTC as epoch milliseconds; `undefined` for any other text and for dates that do not exist. */
export const parsePubDate = (text: string): number | undefined => {
  const match = form.exec(text.trim())
  if (!match) return undefined
  const at = Date.parse(`${match[1]}-${match[2]}-${match[3]}T${match[4]}:${match[5]}:${match[6]}Z`)
  // The parser takes 30 February for 1 March.
  if (Number.isNaN(at) || at < 0 || formatPubDate(at) !== match[0]) return undefined
  return at
}

/** Epoch milliseconds in the provider's form. */
export const formatPubDate = (at: number): string =>
  new Date(at).toISOString().slice(0, 19).replace('T', ' ')
