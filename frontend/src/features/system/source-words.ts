import { providerName, type Source } from '../../panels/sources.ts'
import { providerOf } from './graph.ts'
import { ageOf } from './words.ts'

/** A provider's name by its key in `platform.sources`; its stream is told from its other interface. */
export const sourceName = (key: string): string => {
  const provider = providerOf(key)
  return `${providerName(provider)}${provider.endsWith('-stream') ? ' stream' : ''}`
}

/** How a thing is, as its mark shows it. */
export type Mark = 'well' | 'weak' | 'down' | 'off'

const marks = { ok: 'well', degraded: 'weak', down: 'down', unconfigured: 'off' } as const

/** The mark of a provider's state. */
export const markOf = ({ state }: Pick<Source, 'state'>): Mark => marks[state]

const worst: readonly Mark[] = ['down', 'weak', 'well', 'off']

/** The mark of a service: that of its provider that is worst off; those that are not set up do not count beside others. */
export const worstOf = (all: readonly Mark[]): Mark | undefined =>
  worst.find((mark) => all.includes(mark))

/** How a provider does at a time (epoch milliseconds), in a few words: of one that is well, how long ago it answered. */
export const sourceWords = (source: Source, now: number): string => {
  const why = source.reason ? `: ${source.reason}` : ''
  if (source.state === 'unconfigured')
    return source.enabledBy === null ? 'not set up' : `set ${source.enabledBy}`
  if (source.state !== 'ok') return `${source.state}${why}`
  const age = ageOf(source.lastSuccessAt, now)
  if (source.lastSuccessAt === null) return 'nothing taken yet'
  return age === 'now' ? age : `${age} ago`
}

/** How many of the providers that are set up are well. */
export const providersWords = (sources: readonly Pick<Source, 'state'>[]): string => {
  const inUse = sources.filter(({ state }) => state !== 'unconfigured')
  const well = inUse.filter(({ state }) => state === 'ok').length
  if (inUse.length === 0) return 'no provider heard of'
  return well === inUse.length
    ? `all ${well} providers well`
    : `${well} of ${inUse.length} providers well`
}
