import { useEffect } from 'react'
import { useRead } from '../../realtime/use-read.ts'
import { useWatchlist } from '../../realtime/use-watchlist.ts'
import type { Route } from '../../routing/path.ts'
import { useRoute } from '../../routing/use-route.tsx'
import { formatPrice } from '../../ui/format.ts'
import { useTime } from '../../ui/now.tsx'

const names: Readonly<Record<Route['view'], string>> = {
  overview: '',
  weather: 'Weather',
  crypto: 'Crypto',
  stocks: 'Stocks',
  news: 'News',
  system: 'System',
  about: 'About',
  states: 'States',
  unknown: 'Not found',
}

/** The product whose price the title carries: the open one, else the first watched one. */
export const titleProduct = (route: Route, watchlist: readonly string[]): string | undefined =>
  route.view === 'crypto' && route.product !== undefined
    ? route.product
    : watchlist.find((id) => id.endsWith('-USD'))

/** The page's title: a price first, so that a narrow tab shows it. */
export const titleOf = (view: string, product: string | undefined, price: string): string => {
  const watched = product && price ? `${product.split('-')[0]} ${price}` : ''
  return [watched, view, 'Flux'].filter((part) => part !== '').join(' · ')
}

/** Keeps the page's title on the view and the watched price, looked at once a second. */
export const useTitle = (): void => {
  const route = useRoute()
  const read = useRead()
  const product = titleProduct(route, useWatchlist())
  const title = useTime(() => {
    const price = product && read('crypto.ticker', product)?.value.price
    return titleOf(names[route.view], product, price ? formatPrice(price) : '')
  })
  useEffect(() => {
    document.title = title
  }, [title])
}
