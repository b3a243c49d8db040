import { type ReactNode, useEffect, useRef } from 'react'
import type { Route } from '../routing/path.ts'
import { useNavigation, useRoute, useViewRoute } from '../routing/use-route.tsx'
import { Overview } from './overview.tsx'
import { Part } from './part.tsx'
import {
  About,
  Crypto,
  News,
  NotFound,
  Product,
  States,
  Stocks,
  System,
  Weather,
} from './parts.tsx'

const single = (title: string, content: ReactNode, width = 'max-w-280') => (
  <div className={`mx-auto flex w-full flex-col ${width}`}>
    <Part key={title} title={title}>
      {content}
    </Part>
  </div>
)

const viewOf = (route: Route): ReactNode => {
  switch (route.view) {
    case 'overview':
      return <Overview />
    case 'weather':
      return single('Weather', <Weather place={route.place} />)
    case 'crypto':
      return single('Crypto', <Crypto />)
    case 'stocks':
      return single('Stocks', <Stocks />)
    case 'news':
      return single('News', <News />)
    case 'system':
      return single('System', <System />, 'max-w-440')
    case 'about':
      return single('About', <About />, 'max-w-180')
    case 'states':
      return single('States', <States />, 'max-w-440')
    case 'unknown':
      return single('Nothing here', <NotFound />)
  }
}

/** What is open over the view: the details of a product. */
const Over = () => {
  const route = useRoute()
  const { leave } = useNavigation()
  if (route.view !== 'crypto' || route.product === undefined) return null
  return (
    <Part title={route.product} quiet>
      <Product key={route.product} product={route.product} onClose={() => leave('/crypto')} />
    </Part>
  )
}

/** The view of the address. A new one begins at its top and takes the focus, as a new page would. */
export const Views = () => {
  const route = useViewRoute()
  const main = useRef<HTMLElement>(null)
  const shown = useRef(route.view)
  useEffect(() => {
    if (shown.current === route.view) return
    shown.current = route.view
    window.scrollTo(0, 0)
    main.current?.focus({ preventScroll: true })
  }, [route.view])
  return (
    <main
      ref={main}
      id="main"
      tabIndex={-1}
      className="mx-auto flex w-full max-w-440 flex-1 flex-col p-3 outline-none md:p-4 wide:p-6"
    >
      {viewOf(route)}
      <Over />
    </main>
  )
}
