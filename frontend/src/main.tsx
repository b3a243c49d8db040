import { createFluxClient } from '@flux/client'
import { StrictMode } from 'react'
import { createRoot } from 'react-dom/client'
import '@fontsource-variable/inter/wght.css'
import './styles/theme.css'
import { App } from './app.tsx'
import { RealtimeProvider } from './realtime/client-context.tsx'
import { storedTokens } from './realtime/tokens.ts'
import { storedUser } from './realtime/user-store.ts'
import { createNavigation } from './routing/navigation.ts'
import { NavigationProvider } from './routing/use-route.tsx'
import { createTicker, TickerProvider } from './ui/now.tsx'

const root = document.getElementById('root')
if (!root) throw new Error('The page has no element with the id "root".')

const client = createFluxClient({ url: '', tokens: storedTokens, userStore: storedUser })
const navigation = createNavigation(window)
const ticker = createTicker({
  read: Date.now,
  every: (ms, tick) => {
    const timer = setInterval(tick, ms)
    return () => clearInterval(timer)
  },
})

client.connect()
createRoot(root).render(
  <StrictMode>
    <TickerProvider ticker={ticker}>
      <RealtimeProvider client={client}>
        <NavigationProvider navigation={navigation}>
          <App />
        </NavigationProvider>
      </RealtimeProvider>
    </TickerProvider>
  </StrictMode>,
)
