import { Bar } from '../../ui/bar.tsx'

const rows = Array.from({ length: 10 }, (_, index) => `row-${index}`)

/** The shape of the panel while its first values are on their way. */
export const StocksSkeleton = () => (
  <div className="px-3 md:px-4">
    <div className="flex items-end justify-between pb-2">
      <span className="grid gap-2">
        <Bar className="w-28" />
        <Bar className="w-36" />
      </span>
      <Bar className="h-6 w-24" />
    </div>
    <Bar className="mb-2 w-14" />
    {rows.map((row) => (
      <div key={row} className="flex h-10 items-center justify-between border-b border-line">
        <Bar className="w-28" />
        <Bar className="w-16" />
        <Bar className="w-14" />
      </div>
    ))}
  </div>
)
