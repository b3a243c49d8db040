import { loaded } from './part.tsx'

/** Every part of the page whose code comes when it is first shown, a line each. */
export const Weather = loaded(async () => (await import('../features/weather/weather.tsx')).Weather)
/** Products and shares that the user watches. */
export const Watchlist = loaded(
  async () => (await import('../features/watchlist/watchlist.tsx')).Watchlist,
)
/** The live table of coins. */
export const Crypto = loaded(async () => (await import('../features/crypto/crypto.tsx')).Crypto)
/** The drawer of a product. */
export const Product = loaded(async () => (await import('../features/crypto/product.tsx')).Product)
/** Market status and performers. */
export const Stocks = loaded(async () => (await import('../features/stocks/stocks.tsx')).Stocks)
/** The headlines. */
export const News = loaded(async () => (await import('../features/news/news.tsx')).News)
/** What the platform does. */
export const System = loaded(async () => (await import('../features/system/system.tsx')).System)
/** Settings, over the page. */
export const Settings = loaded(
  async () => (await import('../features/settings/settings.tsx')).Settings,
)
/** The list of keys, over the page. */
export const Help = loaded(async () => (await import('../features/help/help.tsx')).Help)
/** What the page is and whose data it shows. */
export const About = loaded(async () => (await import('./about.tsx')).About)
/** An address that shows nothing. */
export const NotFound = loaded(async () => (await import('./not-found.tsx')).NotFound)
/** Every panel in every state. */
export const States = loaded(async () => (await import('./states.tsx')).States)
/** What the page does beside its views. */
export const Background = loaded(async () => (await import('./background.tsx')).Background)
