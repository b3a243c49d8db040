import { ConnectionPill } from './connection-pill.tsx'
import { useConnection } from './use-connection.ts'

/** The page's connection indicator. */
export const Connection = () => <ConnectionPill {...useConnection()} />
