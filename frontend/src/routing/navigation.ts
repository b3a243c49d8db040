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

/** The navigation of a browser window: addresses are real, so back, forward and reload do what they say. */
export const createNavigation = (window: Window): Navigation => {
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
    history.pushState(over ? { under: current.under ?? current.path } : null, '', path)
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
