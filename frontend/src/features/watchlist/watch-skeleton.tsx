import { Bar } from '../../ui/bar.tsx'

const rows = Array.from({ length: 6 }, (_, index) => `row-${index}`)

/** Rows of the real geometry while the first values are on their way. */
export const WatchSkeleton = () =>
  rows.map((row) => (
    <div
      key={row}
      className="flex h-9 pointer-coarse:h-11 items-center justify-between border-b border-line px-3 last:border-b-0 md:px-4"
    >
      <Bar className="w-16" />
      <Bar className="h-4 w-24" />
      <Bar className="w-16" />
    </div>
  ))
