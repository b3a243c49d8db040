import { useState } from 'react'
import { connectionStates } from '../features/connection/states.tsx'
import { cryptoStates, productStates } from '../features/crypto/states.tsx'
import { newsStates } from '../features/news/states.tsx'
import { stocksStates } from '../features/stocks/states.tsx'
import { systemStates } from '../features/system/states.tsx'
import { watchlistStates } from '../features/watchlist/states.tsx'
import { weatherStates } from '../features/weather/states.tsx'
import { type PanelStates, stateNames } from '../panels/states.ts'
import { PanelNote } from '../ui/panel.tsx'
import { Tabs } from '../ui/tabs.tsx'
import { Part } from './part.tsx'

const all: readonly PanelStates[] = [
  weatherStates,
  cryptoStates,
  productStates,
  stocksStates,
  newsStates,
  watchlistStates,
  systemStates,
  connectionStates,
]

const tabs = ['All', ...all.map(({ title }) => title)].map((id) => ({ id, label: id }))

const Shown = ({ panel }: { panel: PanelStates }) => (
  <div className="mb-8">
    <h2 className="mb-2 text-15 font-semibold">{panel.title}</h2>
    <div className="grid grid-cols-1 items-start gap-4 md:grid-cols-2 wide:grid-cols-3">
      {stateNames.map((state) => (
        <div key={state} data-shown={`${panel.title}-${state}`} className="min-w-0">
          <h3 className="mb-1 text-12 text-muted">{state}</h3>
          <div className="flex max-h-160 min-h-0 flex-col">
            <PanelNote value={state}>
              <Part title={panel.title}>{panel.show(state)}</Part>
            </PanelNote>
          </div>
        </div>
      ))}
    </div>
  </div>
)

/** Every panel in every state, from plain values: for eyes, screenshots and checks. */
export const States = () => {
  const [selected, select] = useState('All')
  return (
    <Tabs label="Panels" tabs={tabs} selected={selected} onSelect={select} className="pb-4">
      {all
        .filter(({ title }) => selected === 'All' || selected === title)
        .map((panel) => (
          <Shown key={panel.title} panel={panel} />
        ))}
    </Tabs>
  )
}
