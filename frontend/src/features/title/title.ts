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

interface TitleFacts {
  readonly view: string
  readonly product: string | undefined
  readonly price: string
  /** Of the page. */
  readonly name: string
}

/** The page's title: a price first, so that a narrow tab shows it. */
export const titleOf = ({ view, product, price, name }: TitleFacts): string => {
  const watched = product && price ? `${product.split('-')[0]} ${price}` : ''
  return [watched, view, name].filter((part) => part !== '').join(' · ')
}

/** Keeps the page's title on the view and the watched price, looked at once a second. */
export const useTitle = (): void => {
  const route = useRoute()
  const read = useRead()
  const product = titleProduct(route, useWatchlist())
  const title = useTime(() => {
    const price = product && read('crypto.ticker', product)?.value.price
    return titleOf({
      view: names[route.view],
      product,
      price: price ? formatPrice(price) : '',
      // Set by the operators' settings, which are read after the first paint.
      name: document.documentElement.dataset['title'] ?? 'Flux',
    })
  })
  useEffect(() => {
    document.title = title
  }, [title])
}
