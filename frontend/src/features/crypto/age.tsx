import { useServerTime } from '../../realtime/use-server-time.ts'
import { formatAge } from '../../ui/format.ts'

/** How old a fact is, by the server's clock; moves by itself. */
export const Age = ({ at }: { at: number }) => useServerTime((now) => formatAge(now - at))
