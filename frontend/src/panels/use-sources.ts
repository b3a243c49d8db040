import { useKeys } from '../realtime/use-keys.ts'
import { useRead } from '../realtime/use-read.ts'
import { useServerTime } from '../realtime/use-server-time.ts'
import type { Source } from './sources.ts'

/** The providers of a service, looked at once a second; needs the room `platform.global`, which the shell wants. */
export const useSources = (service: string): readonly Source[] => {
  const read = useRead()
  const keys = useKeys('platform.sources').filter((key) => key.startsWith(`${service}/`))
  const all = () => keys.flatMap((key) => read('platform.sources', key)?.value ?? [])
  // Records come every few seconds; only what is said on a panel makes it render again.
  useServerTime(() =>
    all()
      .map(({ state, reason, enabledBy }) => `${state}${reason}${enabledBy}`)
      .join(),
  )
  return all()
}
