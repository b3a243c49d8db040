/** Parameters that say where a reader came from, and not what is read. */
const tracking =
  /^(utm_|mc_|at_|ns_|pk_|ga_)|^(fbclid|gclid|dclid|msclkid|igshid|cmpid|ref|ref_src|ref_url|source|smid|partner|rss|feature|amp|ito|taid|oc|guccounter)$/i

const hostOf = (url: URL): string =>
  url.host.replace(/^(?:www\d?|m|mobile|amp|edition)\.(?=[^.]+\.)/, '')

/** What is equal for all addresses of one page: no scheme, no fragment, no tracking, parameters in order. */
export const linkKey = (link: string): string => {
  const url = new URL(link)
  const kept = [...url.searchParams]
    .filter(([name]) => !tracking.test(name))
    .map(([name, value]) => `${name}=${value}`)
    .toSorted()
  const path = url.pathname.replace(/\/amp\/?$/i, '').replace(/\/+$/, '')
  return [`${hostOf(url)}${path}`, ...kept].join('&')
}

/** What is equal for titles that differ in case, spacing, punctuation or the form of their letters. */
export const titleKey = (title: string): string => {
  const normal = title.normalize('NFKC').toLowerCase()
  const words = normal.match(/[\p{L}\p{N}\p{M}]+/gu)
  return words?.join(' ') ?? normal.trim()
}
