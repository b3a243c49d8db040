import { Part } from './part.tsx'
import { Crypto, News, Stocks, Watchlist, Weather } from './parts.tsx'

const cell = 'flex min-h-0 min-w-0 flex-col [&>*]:grow'

/** All domains on one page; the order of the source is the order on a phone. */
export const Overview = () => (
  <div className="overview">
    <div className={`${cell} [grid-area:weather]`}>
      <Part title="Weather">
        <Weather place={undefined} />
      </Part>
    </div>
    <div className={`${cell} [grid-area:watch]`}>
      <Part title="Watchlist">
        <Watchlist />
      </Part>
    </div>
    <div className={`${cell} [grid-area:crypto]`}>
      <Part title="Crypto">
        <Crypto />
      </Part>
    </div>
    <div className={`${cell} [grid-area:stocks]`}>
      <Part title="Stocks">
        <Stocks />
      </Part>
    </div>
    <div className={`${cell} overview-rest [grid-area:news]`}>
      <Part title="News">
        <News />
      </Part>
    </div>
  </div>
)
