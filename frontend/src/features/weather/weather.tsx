import { weather } from '@flux/contracts'
import { DataPanel } from '../../panels/data-panel.tsx'
import { useFeed } from '../../panels/use-feed.ts'
import { useServerTime } from '../../realtime/use-server-time.ts'
import { useUnits } from '../../realtime/use-units.ts'
import { useValue } from '../../realtime/use-value.ts'
import { Message } from '../../ui/message.tsx'
import { Panel } from '../../ui/panel.tsx'
import { PlaceLine } from './place-line.tsx'
import { PlaceSearch } from './place-search.tsx'
import { PlaceTabs } from './place-tabs.tsx'
import { SourceLink } from './source-link.tsx'
import { type Places, usePlaces } from './use-places.ts'
import { WeatherContent } from './weather-content.tsx'
import { WeatherSkeleton } from './weather-skeleton.tsx'

const words = {
  subject: 'values',
  empty:
    'There is no weather for this place. If there is such a place, it is asked for and appears by itself.',
} as const

const placelessWords = {
  ...words,
  waiting:
    'No place is known yet. Search for one by its name, or let the browser say where you are.',
} as const

const minuteMs = 60_000

const Search = (places: Places) => (
  <PlaceSearch onPick={({ id }) => places.show(id)} onNear={places.showHome} />
)

const Line = ({ places, now }: { places: Places; now: number }) => {
  const { home, shown = '', isSaved, toggleSaved, makeHome } = places
  const known = useValue('weather', shown)?.value.place
  const place = known ?? (home?.id === shown ? home : undefined)
  return (
    place && (
      <PlaceLine
        place={place}
        now={now}
        isHome={home?.id === place.id}
        isSaved={isSaved}
        onSave={toggleSaved}
        onHome={() => makeHome(place)}
      />
    )
  )
}

/** One panel before and after the place is known, so that a search that was begun goes on. */
const PlaceWeather = ({ id, places }: { id: string | undefined; places: Places }) => {
  const held = useValue('weather', id ?? '')
  const value = held?.value
  const units = useUnits()
  const now = useServerTime((time) => Math.floor(time / minuteMs) * minuteMs)
  const feed = useFeed({
    room: id === undefined ? undefined : weather.roomOf(id),
    ...{ service: 'weather-service', provider: 'open-meteo' },
    ages: weather.ages,
    at: value?.current ? (held?.at ?? 0) : 0,
    simulated: held?.simulated ?? false,
    trouble: value?.status === 'failed' ? (value.reason ?? undefined) : undefined,
  })
  return (
    <DataPanel
      title="Weather"
      feed={feed}
      words={id === undefined ? placelessWords : words}
      skeleton={<WeatherSkeleton />}
      aside={<Search {...places} />}
      source={<SourceLink provider={value?.provider ?? 'open-meteo'} />}
      tools={
        <>
          <PlaceTabs {...places} />
          <Line places={places} now={now} />
        </>
      }
    >
      {/* biome-ignore lint/a11y/useSemanticElements: a fieldset is for what is filled in */}
      <div
        role="group"
        aria-label="Now and next days"
        // biome-ignore lint/a11y/noNoninteractiveTabindex: what scrolls has to be reached by keys
        tabIndex={0}
        className="fade-bottom min-h-0 -outline-offset-2 roomy:overflow-y-auto"
      >
        {value && <WeatherContent value={value} units={units} now={now} />}
      </div>
    </DataPanel>
  )
}

const NoPlace = (places: Places) => (
  <Panel title="Weather" aside={<Search {...places} />}>
    <Message>
      No place is chosen. Search for one by its name, or let the browser say where you are.
    </Message>
  </Panel>
)

interface WeatherProps {
  /** The place that the address names. */
  readonly place: string | undefined
}

/** The weather panel on live data: the address's place, else the one chosen here, else the home. */
export const Weather = ({ place }: WeatherProps) => {
  const places = usePlaces(place)
  const { shown } = places
  return shown === undefined && places.home === null ? (
    <NoPlace {...places} />
  ) : (
    <PlaceWeather id={shown} places={places} />
  )
}
