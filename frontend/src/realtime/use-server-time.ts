import { useTime } from '../ui/now.tsx'
import { useClient } from './client-context.tsx'

/** Like `useTime`, by the server's clock as the client estimates it: ages do not depend on the browser's clock. */
export const useServerTime = <T extends string | number | boolean>(
  select: (now: number) => T,
): T => {
  const client = useClient()
  return useTime((now) => select(now + client.status().clockOffsetMs))
}
