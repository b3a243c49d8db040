import { matchesRoom } from '@flux/contracts'

/** What an address shows. */
export type Route =
  | { readonly view: 'overview' | 'stocks' | 'news' | 'system' | 'about' | 'states' }
  | { readonly view: 'weather'; readonly place: string | undefined }
  | { readonly view: 'crypto'; readonly product: string | undefined }
  | { readonly view: 'unknown' }

/** The name of a view. */
export type View = Route['view']

const plain = ['stocks', 'news', 'system', 'about', 'states'] as const

const isPart = (domain: string, part: 'place' | 'product', text: string): boolean =>
  matchesRoom({ domain, part }, `${domain}.${text}`)

const weatherRoute = (place: string | undefined): Route =>
  place === undefined || isPart('weather', 'place', place)
    ? { view: 'weather', place }
    : { view: 'unknown' }

const cryptoRoute = (text: string | undefined): Route => {
  const product = text?.toUpperCase()
  return product === undefined || isPart('crypto', 'product', product)
    ? { view: 'crypto', product }
    : { view: 'unknown' }
}

/** The route of a path; a trailing slash does not count. Only what a room can be made of is a place or a product. */
export const routeOf = (path: string): Route => {
  const [first, second, ...rest] = path.split('/').filter((part) => part !== '')
  if (first === undefined) return { view: 'overview' }
  if (rest.length > 0) return { view: 'unknown' }
  if (first === 'weather') return weatherRoute(second)
  if (first === 'crypto') return cryptoRoute(second)
  const view = plain.find((name) => name === first)
  return view && second === undefined ? { view } : { view: 'unknown' }
}

/** The address of a place's weather. */
export const placePath = (place: string): string => `/weather/${place}`

/** The address of a product's details. */
export const productPath = (product: string): string => `/crypto/${product}`
