import type { ChannelName } from '@flux/contracts'
import { useEffect, useState } from 'react'
import { useClient } from './client-context.tsx'
import { useRoom } from './use-room.ts'

/** How far the long history of a key has come. */
export type HistoryState = 'waiting' | 'there' | 'failed'

interface HistoryOptions {
  readonly channel: ChannelName
  /** The group's, as `BTC-USD` for candles and trades. */
  readonly key: string
  /** The room that the key belongs to; it is wanted meanwhile. */
  readonly room: string
}

/** Asks for a key's long history whenever its room has become current; what comes is read as any value is. */
export const useHistory = (options: HistoryOptions): readonly [HistoryState, () => void] => {
  const { channel, key, room } = options
  const client = useClient()
  const isLive = useRoom(room) === 'live'
  const [state, setState] = useState<HistoryState>('waiting')
  const [attempt, setAttempt] = useState(0)
  // biome-ignore lint/correctness/useExhaustiveDependencies: another attempt asks again
  useEffect(() => {
    if (!isLive) return
    let wanted = true
    const settle = (next: HistoryState) => {
      if (wanted) setState(next)
    }
    client.history(channel, key).then(
      () => settle('there'),
      () => settle('failed'),
    )
    return () => {
      wanted = false
    }
  }, [client, channel, key, isLive, attempt])
  const again = () => {
    setState('waiting')
    setAttempt(attempt + 1)
  }
  return [state, again]
}
