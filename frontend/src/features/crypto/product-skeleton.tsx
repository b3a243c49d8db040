import { Bar } from '../../ui/bar.tsx'

const facts = Array.from({ length: 8 }, (_, index) => `fact-${index}`)
const trades = Array.from({ length: 6 }, (_, index) => `trade-${index}`)

/** The shape of a product's details while they are on their way. */
export const ProductSkeleton = () => (
  <div className="grid gap-5">
    <div className="flex items-center gap-3">
      <span className="size-8 rounded-full bg-raised" />
      <Bar className="h-9 w-44" />
    </div>
    <Bar className="w-full" />
    <div className="grid grid-cols-3 gap-x-4 gap-y-4 @lg:grid-cols-4">
      {facts.map((fact) => (
        <Bar key={fact} className="w-20" />
      ))}
    </div>
    <span className="block h-80 rounded-md bg-raised" />
    {trades.map((trade) => (
      <Bar key={trade} className="w-full" />
    ))}
  </div>
)
