import type { ClientStatus } from '@flux/client'
import { useClient } from '../../realtime/client-context.tsx'
import { useRoom } from '../../realtime/use-room.ts'
import { useStatus } from '../../realtime/use-status.ts'
import { useTail } from '../../realtime/use-tail.ts'
import { useNow } from '../../ui/now.tsx'
import { type PillWords, pillWords, type ShownPhase, shownPhase } from './model.ts'
import { useAnnouncement } from './use-announcement.ts'

/** The connection as it is shown. */
export interface Connection {
  readonly shown: ShownPhase
  readonly words: PillWords
  readonly status: ClientStatus
  readonly announced: string
  retry(): void
}

/** Follows the connection, and wants the room that tells how the server does. */
export const useConnection = (): Connection => {
  useRoom('platform.global')
  const client = useClient()
  const status = useStatus()
  const now = useNow(1_000)
  const shown = shownPhase(status.phase, useTail())
  return {
    shown,
    status,
    words: pillWords(shown, status, { now }),
    announced: useAnnouncement(shown, status),
    retry: client.reconnectNow,
  }
}
