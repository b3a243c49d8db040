import type { FluxClient } from '@flux/client'
import { createContext, type ReactNode, useContext } from 'react'

const ClientContext = createContext<FluxClient | undefined>(undefined)

/** Gives the page's one client to the hooks of what is inside. */
export const RealtimeProvider = (props: { client: FluxClient; children: ReactNode }) => (
  <ClientContext value={props.client}>{props.children}</ClientContext>
)

/** The page's client; throws where no provider is above. */
export const useClient = (): FluxClient => {
  const client = useContext(ClientContext)
  if (!client) throw new Error('A RealtimeProvider is missing above this component.')
  return client
}
