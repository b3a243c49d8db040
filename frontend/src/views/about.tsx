import type { ReactNode } from 'react'
import { Panel } from '../ui/panel.tsx'

const Out = ({ href, children }: { href: string; children: ReactNode }) => (
  <a
    href={href}
    rel="noreferrer noopener"
    target="_blank"
    className="text-accent underline underline-offset-2"
  >
    {children}
  </a>
)

const sources = [
  [
    'Weather',
    'https://open-meteo.com/',
    'Open-Meteo.com',
    'data under CC BY 4.0; or OpenWeatherMap, where a key is set',
  ],
  ['Weather', 'https://openweathermap.org/', 'OpenWeatherMap', 'data under CC BY-SA 4.0'],
  [
    'Crypto',
    'https://exchange.coinbase.com/',
    'Coinbase Exchange',
    'live prices, candles and trades',
  ],
  ['Crypto', 'https://www.coingecko.com/', 'CoinGecko', 'market values and movers'],
  ['Stocks', 'https://finnhub.io/', 'Finnhub', 'quotes and market status'],
  ['News', 'https://newsdata.io/', 'NewsData.io', 'headlines'],
] as const

const works = [
  [
    'https://www.tradingview.com/',
    'TradingView Lightweight Charts',
    'candles; Apache 2.0, © TradingView, Inc.',
  ],
  ['https://rsms.me/inter/', 'Inter', 'typeface; SIL Open Font License'],
  ['https://github.com/kevinroberts/city-timezones', 'city-timezones', 'list of cities; MIT'],
] as const

/** What the page is, whose data and work it shows. */
export const About = () => (
  <Panel title="About Flux">
    <div className="grid gap-5 px-3 pb-5 text-13 leading-relaxed md:px-4">
      <p className="max-w-prose text-muted">
        Flux brings weather, crypto, stocks and news to this page as they happen, live and in order.
        What is on screen says where it comes from and how old it is; values that are made for trial
        say that they are simulated.
      </p>
      <section aria-labelledby="about-data">
        <h3 id="about-data" className="mb-1 font-semibold">
          Where the data come from
        </h3>
        <ul className="grid gap-1">
          {sources.map(([domain, href, name, words]) => (
            <li key={name}>
              <span className="inline-block w-20 text-muted">{domain}</span>
              <Out href={href}>{name}</Out>
              <span className="text-muted">, {words}</span>
            </li>
          ))}
        </ul>
      </section>
      <section aria-labelledby="about-work">
        <h3 id="about-work" className="mb-1 font-semibold">
          Whose work it is made with
        </h3>
        <ul className="grid gap-1">
          {works.map(([href, name, words]) => (
            <li key={name}>
              <Out href={href}>{name}</Out>
              <span className="text-muted">, {words}</span>
            </li>
          ))}
        </ul>
      </section>
      <p className="max-w-prose text-muted">
        No request leaves this page for another site but those for news pictures and coin logos,
        which Settings can switch off.
      </p>
    </div>
  </Panel>
)
