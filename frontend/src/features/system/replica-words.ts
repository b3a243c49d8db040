import type { ValueByName } from '@flux/contracts'
import type { Mark } from './source-words.ts'
import { formatCount } from './words.ts'

/** What a replica tells of itself. */
export type Stats = ValueByName['platform.stats']

const tails = {
  live: 'live',
  'catching-up': 'catching up',
  dark: 'hears nothing from Kafka',
} as const
const marks = { live: 'well', 'catching-up': 'weak', dark: 'down' } as const

/** What a replica does, in a few words. */
export const replicaWords = ({ tail, draining }: Stats): string =>
  draining ? 'draining' : tails[tail]

/** The mark of what a replica does. */
export const replicaMark = ({ tail, draining }: Stats): Mark => (draining ? 'off' : marks[tail])

const plural = (count: number, one: string): string =>
  `${formatCount(count)} ${count === 1 ? one : `${one}s`}`

/** How many a replica serves. */
export const crowdWords = ({ sockets, rooms }: Stats): string =>
  `${plural(sockets, 'connection')}, ${plural(rooms, 'room')}`
