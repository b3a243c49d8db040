import { Glyph } from './glyph.tsx'

const paths = {
  close: 'M4 4l8 8M12 4l-8 8',
  search: 'M7 11.5a4.5 4.5 0 1 0 0-9 4.5 4.5 0 0 0 0 9zM10.5 10.5 14 14',
  star: 'M8 2.2l1.75 3.6 3.95.55-2.87 2.77.7 3.93L8 11.18l-3.53 1.87.7-3.93L2.3 6.35l3.95-.55z',
  locate: 'M8 5a3 3 0 1 1 0 6 3 3 0 0 1 0-6zM8 1.5v2.2M8 12.3v2.2M1.5 8h2.2M12.3 8h2.2',
  home: 'M2.5 7.6 8 3l5.5 4.6M4 6.8v6.2h8V6.8',
  plus: 'M8 3.5v9M3.5 8h9',
  minus: 'M3.5 8h9',
  check: 'M3 8.5l3.2 3.2L13 5',
  sun: 'M8 5.2a2.8 2.8 0 1 1 0 5.6 2.8 2.8 0 0 1 0-5.6zM8 1.5v1.4M8 13.1v1.4M1.5 8h1.4M13.1 8h1.4M3.4 3.4l1 1M11.6 11.6l1 1M12.6 3.4l-1 1M4.4 11.6l-1 1',
  chart: 'M2.5 13.5v-4M6.2 13.5v-7M9.8 13.5V8M13.5 13.5v-11',
  news: 'M2.5 3.5h11v9h-11zM5 6.5h6M5 9.5h3.5',
  external: 'M6 3.5H3.5v9h9V10M9 3.5h3.5V7M12.5 3.5 7.5 8.5',
} as const

/** The name of an icon. */
export type IconName = keyof typeof paths

/** A line icon of 16 px; the words beside it or its button's label say what it means. */
export const Icon = ({ name, filled = false }: { name: IconName; filled?: boolean }) => (
  <Glyph d={paths[name]} filled={filled} />
)
