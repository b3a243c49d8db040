import type { View } from '../../routing/path.ts'
import type { IconName } from '../../ui/icon.tsx'

/** Where the shell leads to. */
export interface Destination {
  readonly view: View
  readonly path: string
  readonly label: string
  readonly icon: IconName
}

/** The domains: the four targets of the bar on phones, and part of the header elsewhere. */
export const domains: readonly Destination[] = [
  { view: 'weather', path: '/weather', label: 'Weather', icon: 'cloud' },
  { view: 'crypto', path: '/crypto', label: 'Crypto', icon: 'coin' },
  { view: 'stocks', path: '/stocks', label: 'Stocks', icon: 'chart' },
  { view: 'news', path: '/news', label: 'News', icon: 'news' },
]

/** All of the header's links. */
export const destinations: readonly Destination[] = [
  { view: 'overview', path: '/', label: 'Overview', icon: 'pulse' },
  ...domains,
  { view: 'system', path: '/system', label: 'System', icon: 'pulse' },
]
