import { useRoom } from '../../realtime/use-room.ts'
import { useUnits } from '../../realtime/use-units.ts'
import { useValue } from '../../realtime/use-value.ts'
import { formatDegrees } from '../../ui/quantities.ts'
import { TabList } from '../../ui/tabs.tsx'
import { nameOfId } from './model.ts'
import type { Places } from './use-places.ts'

/** Tabs beyond this many have no temperature: each one that has joins a room. */
const followed = 8

const Follow = ({ id }: { id: string }) => {
  useRoom(`weather.${id}`)
  const units = useUnits()
  const current = useValue('weather', id)?.value.current
  return current ? (
    <span className="ml-1.5 text-muted">{formatDegrees(current.temperatureC, units)}</span>
  ) : null
}

const Name = ({ id }: { id: string }) => useValue('weather', id)?.value.place.name ?? nameOfId(id)

/** Home and the saved places, each with its temperature. */
export const PlaceTabs = ({ ids, shown, show }: Places) => {
  if (ids.length < 2 || shown === undefined) return null
  const tabs = ids.map((id, index) => ({
    id,
    label: (
      <>
        <Name id={id} />
        {index < followed && <Follow id={id} />}
      </>
    ),
  }))
  return (
    <TabList
      label="Places"
      tabs={tabs}
      selected={shown}
      onSelect={show}
      className="mx-3 mb-2 md:mx-4"
    />
  )
}
