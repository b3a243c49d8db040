import { describe, expect, it, vi } from 'vitest'
import { followUpdates, type Update, type Worker } from './follow.ts'

type Listener = () => void

const none = (): Worker | null => null

const createEvents = () => {
  const listeners = new Map<string, Listener>()
  return {
    addEventListener: (type: string, listener: Listener) => void listeners.set(type, listener),
    tell: (type: string) => listeners.get(type)?.(),
  }
}

const createWorker = (version: string, state = 'installed') => {
  const said: string[] = []
  return {
    ...createEvents(),
    ...{ said, state },
    postMessage(word: string, ports: MessagePort[]) {
      said.push(word)
      if (word === 'version') ports[0]?.postMessage(version)
    },
  }
}

/** A page of build `v1`, and the workers of its browser. */
const createPage = async (waiting = none()) => {
  const shown: Update[] = []
  let loads = 0
  let checks = 0
  const registration = {
    ...createEvents(),
    ...{ installing: none(), waiting },
    async update() {
      checks += 1
    },
  }
  const workers = {
    ...createEvents(),
    controller: none(),
    register: async () => registration,
  }
  const updates = followUpdates({
    ...{ workers, version: 'v1', signal: new AbortController().signal },
    changed: (update) => shown.push(update),
    reload() {
      loads += 1
    },
  })
  await Promise.resolve()
  return {
    ...{ shown, registration, workers, updates },
    loads: () => loads,
    checks: () => checks,
  }
}

describe('updates of the page', () => {
  it('ask before a newer build that waits takes over, and load the page when it has', async () => {
    const next = createWorker('v2')
    const { shown, updates, workers, loads } = await createPage(next)
    await vi.waitFor(() => expect(shown).toEqual(['ready']))
    expect(next.said).toEqual(['version'])
    updates.accept()
    expect(next.said).toEqual(['version', 'activate'])
    expect(loads()).toBe(0)
    workers.controller = next
    workers.tell('controllerchange')
    expect(loads()).toBe(1)
  })

  it('ask when one was installed while the page was open', async () => {
    const { shown, registration, workers } = await createPage()
    workers.controller = createWorker('v1', 'activated')
    const next = createWorker('v2', 'installing')
    registration.installing = next
    registration.tell('updatefound')
    next.tell('statechange')
    expect(next.said).toEqual([])
    next.state = 'installed'
    next.tell('statechange')
    await vi.waitFor(() => expect(shown).toEqual(['ready']))
  })

  it('do not ask when the page is of the newer build already: it came from the network', async () => {
    const same = createWorker('v1')
    const { shown } = await createPage(same)
    await vi.waitFor(() => expect(same.said).toEqual(['version', 'activate']))
    expect(shown).toEqual([])
  })

  it('say when another tab has gone on, and load nothing by themselves', async () => {
    const { shown, updates, workers, loads } = await createPage()
    workers.controller = createWorker('v2', 'activated')
    workers.tell('controllerchange')
    await vi.waitFor(() => expect(shown).toEqual(['taken']))
    expect(loads()).toBe(0)
    updates.accept()
    expect(loads()).toBe(1)
  })

  it('say nothing when the first worker of all takes the page', async () => {
    const { shown, workers } = await createPage()
    workers.controller = createWorker('v1', 'activated')
    workers.tell('controllerchange')
    await vi.waitFor(() => expect(shown).toEqual(['none']))
  })

  it('are looked for on request', async () => {
    const { updates, checks } = await createPage()
    updates.check()
    expect(checks()).toBe(1)
  })
})
