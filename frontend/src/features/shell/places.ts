import type { View } from '../../routing/path.ts'

/** Where the shell leads to. */
interface Destination {
  readonly view: View
  readonly path: string
  readonly label: string
}

/** A destination with a drawing: the `d` of a path of 16 px. */
interface Domain extends Destination {
  readonly drawing: string
}

/** The domains: the four targets of the bar on phones, and part of the header elsewhere. */
export const domains: readonly Domain[] = [
  {
    view: 'weather',
    path: '/weather',
    label: 'Weather',
    drawing: 'M4.8 12.5a2.8 2.8 0 0 1-.2-5.6A3.9 3.9 0 0 1 12 7.6a2.5 2.5 0 0 1-.5 4.9z',
  },
  {
    view: 'crypto',
    path: '/crypto',
    label: 'Crypto',
    drawing:
      'M8 14A6 6 0 1 0 8 2a6 6 0 0 0 0 12zM9.9 6.2A2.3 2.3 0 0 0 8 5.3a2.7 2.7 0 0 0 0 5.4 2.3 2.3 0 0 0 1.9-.9',
  },
  {
    view: 'stocks',
    path: '/stocks',
    label: 'Stocks',
    drawing: 'M2.5 13.5v-4M6.2 13.5v-7M9.8 13.5V8M13.5 13.5v-11',
  },
  { view: 'news', path: '/news', label: 'News', drawing: 'M2.5 3.5h11v9h-11zM5 6.5h6M5 9.5h3.5' },
]

/** All of the header's links. */
export const destinations: readonly Destination[] = [
  { view: 'overview', path: '/', label: 'Overview' },
  ...domains,
  { view: 'system', path: '/system', label: 'System' },
]
