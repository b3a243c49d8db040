import { Bar } from '../../ui/bar.tsx'

const columns = [3, 4, 7, 2, 3] as const

/** Bars in the places of the drawing's boxes. */
export const SystemSkeleton = () => (
  <div className="grid min-h-96 grid-cols-1 items-center gap-x-16 gap-y-6 px-3 py-4 @4xl:grid-cols-5 md:px-4">
    {columns.map((count, i) => (
      // biome-ignore lint/suspicious/noArrayIndexKey: the columns never move
      <div key={i} className="grid gap-5">
        {Array.from({ length: count }, (_, row) => (
          // biome-ignore lint/suspicious/noArrayIndexKey: nor do the bars
          <Bar key={row} className="h-7! w-full" />
        ))}
      </div>
    ))}
  </div>
)
