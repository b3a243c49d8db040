/** Something in a file that reads like a secret. */
export interface Finding {
  readonly line: number
  readonly kind: string
}

/** Forms of keys that their issuers made recognizable, and names beside what looks random. */
const kinds: readonly (readonly [kind: string, form: RegExp])[] = [
  ['a private key', /-----BEGIN [A-Z ]*PRIVATE KEY-----\s*\S/],
  ['a key of AWS', /\b(?:AKIA|ASIA)[A-Z0-9]{16}\b/],
  ['a key of Google', /\bAIza[\w-]{35}\b/],
  ['a token of GitHub', /\b(?:gh[pousr]_[A-Za-z0-9]{36,}|github_pat_\w{60,})\b/],
  ['a token of npm', /\bnpm_[A-Za-z0-9]{36}\b/],
  ['a token of Slack', /\bxox[abprs]-[\w-]{20,}/],
  ['a key of NewsData', /\bpub_[a-f0-9]{30,}\b/],
  ['a signed token', /\beyJ[\w-]{15,}\.eyJ[\w-]{15,}\.[\w-]{20,}/],
  ['a password in an address', /\b[a-z]+:\/\/[^\s:/@'"`$<{]+:[^\s:/@'"`$<{]{8,}(?<!:password)@/],
]

/** A value beside such a name is a secret unless it is spelled: letters, digits and both cases mixed at random. */
const named =
  /(?:api[-_]?key|secret|password|passwd|token|credential)["']?\s*[:=]\s*["'`]([A-Za-z0-9+/_=-]{16,})["'`]/gi

const isRandom = (value: string): boolean =>
  /\d/.test(value) && /[a-zA-Z]/.test(value) && new Set(value).size >= 12

/** What in a text reads like a secret: the line and the kind, never the secret itself. */
export const secretsIn = (text: string): readonly Finding[] =>
  text.split('\n').flatMap((content, index) => {
    const line = index + 1
    const known = kinds.filter(([, form]) => form.test(content)).map(([kind]) => ({ line, kind }))
    const values = [...content.matchAll(named)].map(([, value = '']) => value)
    return values.some(isRandom)
      ? [...known, { line, kind: 'a value with the name of a secret' }]
      : known
  })
