import { beforeEach, expect, it } from 'vitest'
import { createNavigation, type Navigation } from './navigation.ts'

/** As much of a window as navigation uses, with a history that goes back. */
const createWindow = (path: string) => {
  const entries: { path: string; state: unknown }[] = [{ path, state: null }]
  const listeners = new Set<() => void>()
  const last = () => entries.at(-1)
  return {
    location: {
      get pathname() {
        return last()?.path ?? '/'
      },
    },
    history: {
      get state() {
        return last()?.state
      },
      pushState: (state: unknown, _title: string, to: string) => entries.push({ path: to, state }),
      replaceState: (state: unknown, _title: string, to: string) => {
        entries.splice(-1, 1, { path: to, state })
      },
      back: () => {
        entries.pop()
        for (const listener of listeners) listener()
      },
    },
    addEventListener: (_event: 'popstate', listener: () => void) => listeners.add(listener),
  }
}

let page: ReturnType<typeof createWindow>
let navigation: Navigation

beforeEach(() => {
  page = createWindow('/')
  navigation = createNavigation(page)
})

it('tells its listeners of a new address, and of none when it stays', () => {
  let told = 0
  const stop = navigation.subscribe(() => {
    told += 1
  })
  navigation.go('/news')
  navigation.go('/news')
  expect(navigation.current()).toEqual({ path: '/news', under: undefined })
  page.history.back()
  expect(navigation.current().path).toBe('/')
  stop()
  navigation.go('/system')
  expect(told).toBe(2)
})

it('keeps the view behind what is opened over it, and gives it back', () => {
  navigation.go('/crypto/BTC-USD', { over: true })
  expect(navigation.current()).toEqual({ path: '/crypto/BTC-USD', under: '/' })
  navigation.go('/crypto/ETH-USD', { over: true })
  expect(navigation.current().under).toBe('/')
  navigation.leave('/crypto')
  expect(navigation.current()).toEqual({ path: '/', under: undefined })
})

it('leaves an address that was opened by itself for the view it belongs to', () => {
  page = createWindow('/crypto/BTC-USD')
  navigation = createNavigation(page)
  navigation.leave('/crypto')
  expect(navigation.current()).toEqual({ path: '/crypto', under: undefined })
})
