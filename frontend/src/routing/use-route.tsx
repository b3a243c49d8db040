import { createContext, type ReactNode, useContext, useSyncExternalStore } from 'react'
import type { Navigation, Place } from './navigation.ts'
import { type Route, routeOf } from './path.ts'

const NavigationContext = createContext<Navigation | undefined>(undefined)

/** Gives the page's navigation to what is inside. */
export const NavigationProvider = (props: { navigation: Navigation; children: ReactNode }) => (
  <NavigationContext value={props.navigation}>{props.children}</NavigationContext>
)

/** The page's navigation; throws where no provider is above. */
export const useNavigation = (): Navigation => {
  const navigation = useContext(NavigationContext)
  if (!navigation) throw new Error('A NavigationProvider is missing above this component.')
  return navigation
}

/** Where the page is. */
export const usePlace = (): Place => {
  const navigation = useNavigation()
  return useSyncExternalStore(navigation.subscribe, navigation.current)
}

/** What the address shows. */
export const useRoute = (): Route => routeOf(usePlace().path)

/** The view to draw: the one behind, where something was opened over it. */
export const useViewRoute = (): Route => {
  const { path, under } = usePlace()
  return routeOf(under ?? path)
}
