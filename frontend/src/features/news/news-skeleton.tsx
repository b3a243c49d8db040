import { Bar } from '../../ui/bar.tsx'

const rows = Array.from({ length: 8 }, (_, index) => `row-${index}`)

/** The shape of headlines while they are on their way. */
export const NewsSkeleton = () =>
  rows.map((row) => (
    <div key={row} className="flex gap-3 border-b border-line px-3 py-2 last:border-b-0 md:px-4">
      <span className="grid flex-1 content-start gap-2">
        <Bar className="w-full" />
        <Bar className="w-3/5" />
        <Bar className="w-2/5" />
      </span>
      <span className="h-14 w-24 shrink-0 rounded-md bg-raised" />
    </div>
  ))
