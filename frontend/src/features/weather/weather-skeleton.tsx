import { Bar } from '../../ui/bar.tsx'

const days = Array.from({ length: 7 }, (_, index) => `day-${index}`)

/** The shape of a place's weather while it is on its way. */
export const WeatherSkeleton = () => (
  <div className="grid gap-4 px-3 pb-3 md:px-4">
    <div className="flex items-center gap-4">
      <span className="size-13 rounded-full bg-raised" />
      <Bar className="h-9 w-20" />
      <span className="grid gap-2">
        <Bar className="w-28" />
        <Bar className="w-20" />
      </span>
    </div>
    <span className="block h-30 rounded-md bg-raised" />
    <span className="grid grid-cols-3 gap-3">
      <Bar className="w-16" />
      <Bar className="w-14" />
      <Bar className="w-16" />
    </span>
    {days.map((day) => (
      <Bar key={day} className="w-full" />
    ))}
  </div>
)
