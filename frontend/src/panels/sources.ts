import type { ValueByName } from '@flux/contracts'

/** The state of a provider. */
export type Source = ValueByName['platform.sources']

const names: Readonly<Record<string, string>> = {
  coinbase: 'Coinbase',
  coingecko: 'CoinGecko',
  finnhub: 'Finnhub',
  'finnhub-stream': 'Finnhub',
  newsdata: 'NewsData.io',
  'open-meteo': 'Open-Meteo',
  openweathermap: 'OpenWeatherMap',
}

/** A provider's name as it writes it. */
export const providerName = (provider: string): string => names[provider] ?? provider

/** A sentence on a provider that is not well, or `undefined`. */
export const sourceTrouble = (source: Source): string | undefined => {
  const name = providerName(source.provider)
  const why = source.reason ? `: ${source.reason.replace(/\.$/, '')}.` : '.'
  switch (source.state) {
    case 'ok':
      return undefined
    case 'degraded':
      return `${name} answers in part${why}`
    case 'down':
      return `${name} does not answer${why}`
    case 'unconfigured':
      return `${name} is not set up${source.enabledBy ? `: set ${source.enabledBy}.` : '.'}`
  }
}

/** Names of the providers, sorted and joined for a footer; `first` alone until any are known. */
export const sourceNames = (sources: readonly Source[], first: string): string =>
  sources.length === 0
    ? providerName(first)
    : [...new Set(sources.map((source) => providerName(source.provider)))]
        .toSorted((a, b) => a.localeCompare(b, 'en'))
        .join(', ')

/** The setting that would switch a service on when none of its providers is set up; '' where none is named. */
export const missingKeyOf = (sources: readonly Source[]): string | undefined => {
  if (sources.length === 0 || sources.some((source) => source.state !== 'unconfigured'))
    return undefined
  return sources.find((source) => source.enabledBy !== null)?.enabledBy ?? ''
}

/** Why nothing comes, when a provider is down. */
export const downWords = (sources: readonly Source[]): string | undefined => {
  const down = sources.find((source) => source.state === 'down')
  return down && sourceTrouble(down)
}
