/** Where the page is. `under` is the path of the view that stays behind what is opened over it. */
export interface Place {
  readonly path: string
  readonly under: string | undefined
}

/** The page's address and its changes. */
export interface Navigation {
  /** The same object until it changes. */
  current(): Place
  subscribe(listener: () => void): () => void
  /** Goes to a path; `over` keeps the present view behind it. */
  go(path: string, how?: { readonly over?: boolean }): void
  /** Leaves what was opened over a view: back to that view, or to `otherwise` where the address was opened by itself. */
  leave(otherwise: string): void
}

const underOf = (state: unknown): string | undefined => {
  const under: unknown = Reflect.get(Object(state), 'under')
  return typeof under === 'string' ? under : undefined
}

/** As much of a browser's window as is used here. */
export interface NavigationWindow {
  readonly location: { readonly pathname: string }
  readonly history: {
    readonly state: unknown
    pushState(state: unknown, title: string, path: string): void
    replaceState(state: unknown, title: string, path: string): void
    back(): void
  }
  addEventListener(event: 'popstate', listener: () => void): void
}

/** The navigation of a browser window: addresses are real, so back, forward and reload do what they say. */
export const createNavigation = (window: NavigationWindow): Navigation => {
  const { history, location } = window
  const listeners = new Set<() => void>()
  const read = (): Place => ({ path: location.pathname, under: underOf(history.state) })
  let current = read()
  const changed = () => {
    current = read()
    for (const listener of [...listeners]) listener()
  }
  window.addEventListener('popstate', changed)
  const go: Navigation['go'] = (path, { over = false } = {}) => {
    if (path === current.path && !over) return
    const state = over ? { under: current.under ?? current.path } : null
    // What replaces another thing that is open leaves one step back to the view, not two.
    if (over && current.under !== undefined) history.replaceState(state, '', path)
    else history.pushState(state, '', path)
    changed()
  }
  return {
    current: () => current,
    subscribe(listener) {
      listeners.add(listener)
      return () => {
        listeners.delete(listener)
      }
    },
    go,
    leave(otherwise) {
      if (current.under !== undefined) history.back()
      else go(otherwise)
    },
  }
}
