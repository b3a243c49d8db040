import type { ChannelName } from '@flux/contracts'
import { useKeys } from '../../realtime/use-keys.ts'
import { useRead } from '../../realtime/use-read.ts'
import { useServerTime } from '../../realtime/use-server-time.ts'
import { ageOf } from './words.ts'

/** How old the newest fact of a channel is that is held here; a dash where there is none. */
export const useNewestAge = (name: ChannelName): string => {
  const read = useRead()
  const keys = useKeys(name)
  return useServerTime((now) =>
    ageOf(
      keys.reduce((newest, key) => Math.max(newest, read(name, key)?.at ?? 0), 0),
      now,
    ),
  )
}
