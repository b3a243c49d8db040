/** Requests to one route that ended with one status. */
export interface RequestCount {
  readonly route: string
  readonly status: number
  readonly count: number
}

/** What a sandbox counts; the number of different routes and frame types is fixed by the sources. */
export interface Stats {
  request(route: string, status: number): void
  frame(provider: string, type: string): void
  slowReader(): void
  requests(): readonly RequestCount[]
  /** Frames sent, by `provider/type`. */
  frames(): Readonly<Record<string, number>>
  slowReaders(): number
}

const bump = (counts: Map<string, number>, key: string) => {
  counts.set(key, (counts.get(key) ?? 0) + 1)
}

/** All counts at zero. */
export const createStats = (): Stats => {
  const byStatus = new Map<number, Map<string, number>>()
  const frames = new Map<string, number>()
  let slowReaders = 0
  return {
    request: (route, status) => {
      const counts = byStatus.get(status) ?? new Map<string, number>()
      byStatus.set(status, counts)
      bump(counts, route)
    },
    frame: (provider, type) => bump(frames, `${provider}/${type}`),
    slowReader: () => {
      slowReaders += 1
    },
    requests: () =>
      [...byStatus].flatMap(([status, counts]) =>
        [...counts].map(([route, count]) => ({ route, status, count })),
      ),
    frames: () => Object.fromEntries(frames),
    slowReaders: () => slowReaders,
  }
}
